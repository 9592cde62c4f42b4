#include "authoring/header_text.hpp"

#include <fmt/core.h>

#include <charconv>
#include <limits>
#include <utility>

namespace cairn {

namespace {

constexpr std::uint32_t most_milliseconds = std::numeric_limits<std::uint32_t>::max();
constexpr std::pair<std::string_view, std::uint32_t> units[] = {{"h", 3600000}, {"min", 60000}, {"s", 1000}, {"ms", 1}};

}  // namespace

std::string squeezed(std::string_view text) {
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
  for (const auto& [name, size] : units)
    if (milliseconds > 0 && milliseconds % size == 0) return fmt::format("{} {}", milliseconds / size, name);
  return fmt::format("{} ms", milliseconds);
}

std::optional<std::uint32_t> parse_runtime(std::string_view text) {
  const std::string line = squeezed(text);
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), number);
  if (problem != std::errc{}) return std::nullopt;
  std::string_view unit(end, static_cast<std::size_t>(line.data() + line.size() - end));
  if (unit.starts_with(' ')) unit.remove_prefix(1);
  for (const auto& [name, size] : units)
    if (unit == name && number <= most_milliseconds / size) return static_cast<std::uint32_t>(number * size);
  return std::nullopt;
}

}  // namespace cairn
