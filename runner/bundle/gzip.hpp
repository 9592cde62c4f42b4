#pragma once

#include <string>
#include <string_view>

namespace cairn {

/// The bytes as a gzip file that holds neither a time nor a name, so that the same bytes give the same file.
std::string gzip(std::string_view bytes);

}  // namespace cairn
