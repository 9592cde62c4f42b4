#pragma once

#include "sql/body.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cairn {

/// Values by name, as given with -x and in cairn.toml.
using Variables = std::map<std::string, std::string, std::less<>>;

/// The body with each placeholder replaced by its value, quoted. It is cut already, so no value can change where a
/// statement ends; `written` keeps the author's text. Throws one Error (configuration) with every variable that is not
/// given and every value that cannot be written, each with its place and what to type.
Body substitute(Body body, const Variables& variables);

/// Where a byte of the body's text stands in the author's file. A place inside of a value is that of its placeholder.
Place place_in_body(const Body& body, std::size_t offset);

/// Where each statement begins there, in order; the text is read once.
std::vector<Place> places_of_statements(const Body& body);

}  // namespace cairn
