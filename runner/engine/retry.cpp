#include "engine/retry.hpp"

#include <algorithm>

namespace cairn {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_timeout{100};
constexpr milliseconds longest_timeout{2000};
constexpr milliseconds longest_pause{5000};

milliseconds doubled(milliseconds start, unsigned times, milliseconds most) {
  return std::min(start * (1U << std::min(times, 10U)), most);
}

}  // namespace

milliseconds Retry::lock_timeout() const { return doubled(first_timeout, attempt_, longest_timeout); }

std::optional<milliseconds> Retry::next() {
  spent_ += lock_timeout();
  const auto longest = doubled(first_timeout, attempt_, longest_pause).count();
  const milliseconds pause{std::uniform_int_distribution<std::int64_t>(longest / 2, longest)(random_)};
  if (budget_.count() > 0 && spent_ + pause > budget_) return std::nullopt;
  spent_ += pause;
  ++attempt_;
  return pause;
}

}  // namespace cairn
