#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

std::string join(std::span<const std::string> words, std::string_view separator);

/// The words between the separators; empty ones are left out.
std::vector<std::string> split(std::string_view text, char separator);

/// "1 revision", "3 revisions".
std::string count_of(std::size_t count, std::string_view noun);

/// True when the text is well-formed UTF-8 without NUL characters, which is what the server accepts.
bool is_valid_utf8(std::string_view text);

/// First byte that is not the beginning of a character the server accepts, if any.
std::optional<std::size_t> find_invalid_byte(std::string_view text);

/// Characters (code points) in a UTF-8 text.
std::size_t length_in_characters(std::string_view text);

/// Byte offset of the n-th character, counted from 0; the size of the text when it is shorter.
std::size_t byte_offset_of_character(std::string_view text, std::size_t character);

/// Line, column and excerpt of a byte offset; columns count characters.
Place place_in(std::string_view text, std::size_t byte_offset, std::string file);

/// The candidate that was probably meant, if one is near enough to be worth suggesting.
std::optional<std::string> nearest_word(std::string_view word, std::span<const std::string> candidates);

/// True for what can name a variable of the revisions: letters, digits, "_", "-" and "."; the first is a letter or "_".
bool is_variable_name(std::string_view text);

/// "a/b" -> "a%2Fb".
std::string percent_encode(std::string_view text);

/// The text without control characters and cut to a bound, fit for a terminal.
std::string printable(std::string_view text, std::size_t most_bytes);

}  // namespace cairn
