#include "report/format.hpp"

#include "report/columns.hpp"

#include <fmt/core.h>

#include <array>

namespace cairn {

std::string paint(const Format& format, Ink ink, std::string_view text) {
  constexpr std::array<int, 7> codes{0, 1, 2, 31, 32, 33, 36};
  if (!format.colour || ink == Ink::plain) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", codes[static_cast<std::size_t>(ink)], text);
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t length = columns_of(text);
  return std::string(text) + std::string(length < width ? width - length : 0, ' ');
}

}  // namespace cairn
