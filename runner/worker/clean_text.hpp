#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

/// Text that came from plugin code, fit for a terminal and for JSON: bounded, without control characters,
/// valid UTF-8 (where it is not, every byte beyond ASCII becomes '?').
std::string clean_text(std::string_view text, std::size_t most_bytes);

}  // namespace cairn
