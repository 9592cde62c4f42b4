#include "engine/retry.hpp"

#include "engine/failure.hpp"

#include <fmt/core.h>

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

milliseconds Retry::lock_timeout() const {
  return repeat_ == Repeat::never ? budget_ : doubled(first_timeout, attempt_, longest_timeout);
}

std::optional<milliseconds> Retry::next() {
  spent_ += lock_timeout();
  const auto longest = doubled(first_timeout, attempt_, longest_pause).count();
  const milliseconds pause{std::uniform_int_distribution<std::int64_t>(longest / 2, longest)(random_)};
  if (repeat_ == Repeat::never || (budget_.count() > 0 && spent_ + pause > budget_)) return std::nullopt;
  spent_ += pause;
  ++attempt_;
  return pause;
}

std::string Retry::story() const {
  const std::string waited = fmt::format("Locks were waited for within {:.4g} s", static_cast<double>(budget_.count()) / 1000);
  return waited + (repeat_ == Repeat::never ? ", in one attempt: its author says that it must not be repeated."
                                            : ", in several attempts.");
}

std::optional<Error> wait_for_retry(World& world, const Step& step, Retry& retry, Error failure) {
  if (const auto pause = retry.next()) {
    world.observer.retrying(step, failure.message(), *pause);
    if (world.pause(*pause)) return std::nullopt;
    return interrupted_error(step);
  }
  failure.recategorise(Category::lock);
  failure.detail(retry.story());
  failure.hint("End the transactions that hold the table, or wait longer with \"--lock-wait SECONDS\" (0: for ever).");
  return failure;
}

}  // namespace cairn
