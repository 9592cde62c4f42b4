#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cairn {

/// The numbers of "v0.3.0", without zeros at the end, so that v0.3 is the same release; they compare as releases do.
/// Nothing for a text that is no version.
std::optional<std::vector<std::uint64_t>> parse_release(std::string_view text);

}  // namespace cairn
