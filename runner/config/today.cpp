#include "config/today.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <charconv>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace cairn {

namespace {

constexpr std::time_t latest = 253402300799;   // the last second of the year 9999

}  // namespace

std::optional<std::time_t> find_source_date() {
  const char* variable = std::getenv("SOURCE_DATE_EPOCH");
  if (variable == nullptr || *variable == '\0') return std::nullopt;
  const std::string_view text(variable);
  std::time_t seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem == std::errc{} && end == text.data() + text.size() && seconds >= 0 && seconds <= latest) return seconds;
  throw Error(Category::configuration, fmt::format("SOURCE_DATE_EPOCH is no number of seconds: \"{}\"", printable(text, 100)))
      .hint("Unset it, or set it to seconds since 1970, as in \"date +%s\".");
}

std::string read_today() {
  const std::time_t seconds = find_source_date().value_or(std::time(nullptr));
  std::tm date{};
  gmtime_r(&seconds, &date);
  return fmt::format("{:04}-{:02}-{:02}", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday);
}

}  // namespace cairn
