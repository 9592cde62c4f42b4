#pragma once

#include "base/error.hpp"

#include <string>

namespace cairn {

/// The line of a place and a caret under its column, as they stand in an error block. A long line is cut on both
/// sides so that the caret is seen.
std::string render_excerpt(const Place& place);

}  // namespace cairn
