#pragma once

#include "seam/observer.hpp"
#include "seam/sql_channel.hpp"
#include "seam/step_runner.hpp"
#include "state/bookkeeping.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>

namespace cairn {

/// Everything outside the engine that it may touch. Tests replace each part.
struct World {
  SqlChannel& channel;
  StepRunner& runner;
  Observer& observer;
  const Bookkeeping& bookkeeping;
  /// Waits that long; answers false when the user asked to stop meanwhile.
  std::function<bool(std::chrono::milliseconds)> pause;
  std::function<bool()> interrupted;
  std::map<std::string, std::string, std::less<>> variables;   ///< from -x key=value
  bool watched = false;   ///< messages tell where the authors' statements stand in them
};

/// Whether a message tells that.
enum class Marks { none, statements };
inline Marks marks_of(const World& world) { return world.watched ? Marks::statements : Marks::none; }

/// How much goes into one message, and how long locks are waited for.
struct Limits {
  std::size_t window_steps = 32;
  std::size_t window_bytes = std::size_t{1} << 20U;
  std::size_t buffer_bytes = std::size_t{256} << 10U;
  std::chrono::milliseconds lock_wait = std::chrono::minutes(5);   ///< zero: for ever
};

}  // namespace cairn
