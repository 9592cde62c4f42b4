#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cairn {

/// The text on one line: whatever is a blank, a line break or a control character becomes one blank, none at the ends.
std::string squeezed(std::string_view text);

/// "500 ms", "2 min": the largest unit that says it exactly.
std::string runtime_text(std::uint32_t milliseconds);

/// Milliseconds of "500 ms", "2 min": a number and ms, s, min or h, at most 49 days. Nothing for anything else.
std::optional<std::uint32_t> parse_runtime(std::string_view text);

}  // namespace cairn
