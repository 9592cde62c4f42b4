#pragma once

#include <string>
#include <string_view>

namespace cairn {

/// Why a name cannot be used in a target, as the end of a sentence ("contains ..."); empty when it can.
std::string fault_in_name(std::string_view name);

}  // namespace cairn
