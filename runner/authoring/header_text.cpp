#include "authoring/header_text.hpp"

#include <fmt/core.h>

#include <utility>

namespace cairn {

std::string one_line(std::string_view text) {
  std::string line;
  bool blank = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte == 0x7F) {
      blank = !line.empty();
      continue;
    }
    if (std::exchange(blank, false)) line += ' ';
    line += c;
  }
  return line;
}

std::string runtime_text(std::uint32_t milliseconds) {
  constexpr std::pair<std::uint32_t, std::string_view> units[] = {{3600000, "h"}, {60000, "min"}, {1000, "s"}};
  for (const auto& [size, name] : units)
    if (milliseconds > 0 && milliseconds % size == 0) return fmt::format("{} {}", milliseconds / size, name);
  return fmt::format("{} ms", milliseconds);
}

}  // namespace cairn
