#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cairn {

/// What a string token of Python stands for. Nothing for those that are no plain text: bytes, f-strings with
/// something to fill in, and names of characters (\N{...}), whose list only Python has.
std::optional<std::string> find_text_value(std::string_view token);

}  // namespace cairn
