#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// The characters of a UTF-8 text, each fit for a terminal: one blank for a tab or a line break, "?" for other
/// control characters and for bytes that are no character.
std::vector<std::string> split_characters(std::string_view text);

/// The text fit for one line of a terminal, at whatever length.
std::string one_line(std::string_view text);

/// Columns of a terminal that a text takes: a Chinese character takes two, an accent that combines none.
std::size_t columns_of(std::string_view text);

/// The text on one line of at most that many columns; "…" at its end shows that it was cut.
std::string cut_to_columns(std::string_view text, std::size_t most);

}  // namespace cairn
