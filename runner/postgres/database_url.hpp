#pragma once

#include <string>
#include <string_view>

namespace cairn {

/// True when the text starts like a URL of any scheme.
bool looks_like_url(std::string_view text);

/// The URL as libpq reads it: driver name taken off, SQLAlchemy's query options translated, raw "/" and "?" in
/// the password encoded. Throws Error(configuration) naming the part that is wrong, never its content.
std::string to_libpq_url(std::string_view url);

}  // namespace cairn
