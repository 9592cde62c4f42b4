#pragma once

#include <string_view>

namespace cairn {

/// The version of this program; set in one place, the top CMakeLists.txt.
inline constexpr std::string_view program_version = CAIRN_VERSION;

}  // namespace cairn
