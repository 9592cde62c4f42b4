#pragma once

#include <span>
#include <string_view>

namespace cairn::conformance {

/// Cases that Cairn answers otherwise on purpose.
struct KnownDifference {
  std::string_view reason;
  std::span<const std::string_view> cases;
};

std::span<const KnownDifference> known_differences();

/// The reason why this case is answered otherwise, or nothing.
std::string_view find_known_difference(std::string_view name);

}  // namespace cairn::conformance
