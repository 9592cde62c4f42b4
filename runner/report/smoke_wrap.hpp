#pragma once

#include "report/format.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

/// The text in lines that fit the terminal, broken between words, with so many blanks before each; the first line begins
/// with `head` instead, of the same width or less. Words that fit no line are cut.
std::string wrapped(const Format& format, std::size_t indent, std::string_view head, std::string_view text);

}  // namespace cairn
