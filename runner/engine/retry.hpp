#pragma once

#include "engine/world.hpp"

#include <chrono>
#include <optional>
#include <random>

namespace cairn {

enum class Repeat { allowed, never };

/// How long to wait for table locks: each attempt a little longer, with a pause between them that lets
/// those queued behind us through. One per step. What must not be repeated has one attempt as long as all.
class Retry {
 public:
  /// A budget of zero is for ever.
  explicit Retry(std::chrono::milliseconds budget, Repeat repeat = Repeat::allowed) : budget_(budget), repeat_(repeat) {}
  Retry(const Step& step, const Limits& limits)
      : Retry(limits.lock_wait, step.revision->retryable ? Repeat::allowed : Repeat::never) {}

  /// lock_timeout for the present attempt: 100 ms growing to 2 s. Zero is for ever, as the server has it.
  std::chrono::milliseconds lock_timeout() const;

  /// The pause before the next attempt, jittered; nothing when there is to be none.
  std::optional<std::chrono::milliseconds> next();

  /// How long it was tried, in words.
  std::string story() const;

 private:
  std::chrono::milliseconds budget_;
  Repeat repeat_;
  std::chrono::milliseconds spent_{0};
  unsigned attempt_ = 0;
  std::minstd_rand random_{std::random_device{}()};
};

/// Waits before the next attempt at a step that failed on a lock. Answers the error to report when there is to be
/// none: the budget is spent, or the user asked to stop.
std::optional<Error> wait_for_retry(World& world, const Step& step, Retry& retry, Error failure);

}  // namespace cairn
