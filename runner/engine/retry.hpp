#pragma once

#include "engine/world.hpp"

#include <chrono>
#include <optional>
#include <random>

namespace cairn {

/// How long to wait for table locks: each attempt a little longer, with a pause between them that lets
/// those queued behind us through. One per step.
class Retry {
 public:
  explicit Retry(std::chrono::milliseconds budget) : budget_(budget) {}

  /// lock_timeout for the present attempt: 100 ms growing to 2 s.
  std::chrono::milliseconds lock_timeout() const;

  /// The pause before the next attempt, jittered; nothing when the budget is spent.
  std::optional<std::chrono::milliseconds> next();

 private:
  std::chrono::milliseconds budget_;
  std::chrono::milliseconds spent_{0};
  unsigned attempt_ = 0;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace cairn
