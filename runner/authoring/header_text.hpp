#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn {

/// The text on one line: whatever is a blank, a line break or a control character becomes one blank, none at the ends.
std::string one_line(std::string_view text);

/// "500 ms", "2 min": the largest unit that says it exactly.
std::string runtime_text(std::uint32_t milliseconds);

}  // namespace cairn
