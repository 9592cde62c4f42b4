#include "schema/clock_text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

namespace {

using Seconds = std::chrono::duration<double>;

constexpr Seconds most_apart = std::chrono::hours(24);

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How many bytes of `text` are like the pattern, in which 0 stands for a digit; none when it is not like it to the end.
std::size_t length_like(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size()) return 0;
  const bool like = std::equal(pattern.begin(), pattern.end(), text.begin(),
                               [](char wanted, char c) { return wanted == '0' ? is_digit(c) : wanted == c; });
  return like ? pattern.size() : 0;
}

int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int number = 0;
  std::from_chars(text.data() + at, text.data() + at + digits, number);
  return number;
}

struct Moment {
  std::size_t length = 0;   ///< of its text
  Seconds at{0};            ///< since 1970
};

/// "2025-11-20", at the beginning of the text.
Seconds day_of(std::string_view text) {
  using namespace std::chrono;
  const year_month_day day{year(number_at(text, 0, 4)), month(static_cast<unsigned>(number_at(text, 5, 2))),
                           std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2)))};
  return sys_days(day).time_since_epoch();
}

/// "+01:30" or "-08" behind a time: how far its clock is ahead. No zone is one too.
Seconds zone_of(std::string_view text, std::size_t& length) {
  for (const std::string_view pattern : {"+00:00", "-00:00", "+00", "-00"}) {
    if (length_like(text, pattern) == 0) continue;
    length += pattern.size();
    const int minutes = number_at(text, 1, 2) * 60 + (pattern.size() > 3 ? number_at(text, 4, 2) : 0);
    return std::chrono::minutes(pattern.front() == '-' ? -minutes : minutes);
  }
  return Seconds(0);
}

/// What begins like "2025-11-20 03:00:00.123456+01:30"; the fraction and the zone may be missing.
std::optional<Moment> parse_moment(std::string_view text) {
  constexpr std::string_view shortest = "0000-00-00 00:00:00";
  if (length_like(text, shortest) == 0 && length_like(text, "0000-00-00T00:00:00") == 0) return std::nullopt;
  Moment moment{.length = shortest.size(), .at = day_of(text)};
  moment.at += std::chrono::hours(number_at(text, 11, 2)) + std::chrono::minutes(number_at(text, 14, 2)) +
               std::chrono::seconds(number_at(text, 17, 2));
  if (length_like(text.substr(moment.length), ".0") > 0)
    for (++moment.length; moment.length < text.size() && is_digit(text[moment.length]);) ++moment.length;
  moment.at -= zone_of(text.substr(moment.length), moment.length);
  return moment;
}

struct Parted {
  std::string rest;               ///< the text with a mark where each moment was
  std::vector<Seconds> moments;
};

Parted part(std::string_view text) {
  Parted parted;
  for (std::size_t at = 0; at < text.size();) {
    const bool within_number = at > 0 && is_digit(text[at - 1]);
    const auto moment = within_number ? std::nullopt : parse_moment(text.substr(at));
    if (!moment) {
      parted.rest += text[at++];
      continue;
    }
    parted.rest += '\0';
    parted.moments.push_back(moment->at);
    at += moment->length;
  }
  return parted;
}

}  // namespace

bool differ_in_times(std::string_view before, std::string_view after) {
  const Parted old = part(before);
  const Parted now = part(after);
  return old.rest == now.rest && old.moments.size() == now.moments.size() && !old.moments.empty() &&
         std::equal(old.moments.begin(), old.moments.end(), now.moments.begin(),
                    [](Seconds a, Seconds b) { return std::chrono::abs(a - b) < most_apart; });
}

}  // namespace cairn
