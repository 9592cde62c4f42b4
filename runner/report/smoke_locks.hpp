#pragma once

#include "observe/effect.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// A lock from the statement that took it to the last that ended with it in hand.
struct LockSpan {
  std::string relation;
  std::string mode;                          ///< "AccessExclusiveLock"
  std::size_t first = 0;                     ///< statements of the step, counted from 0
  std::size_t last = 0;
  std::chrono::microseconds duration{0};     ///< of these statements
};

/// 1 for AccessShareLock to 8 for AccessExclusiveLock; 0 for a mode that is not known.
int strength_of(std::string_view mode);

/// What it keeps others from: "reads and writes wait", or nothing for the modes of every query.
std::string_view what_waits(std::string_view mode);

/// The locks on what others can want: relations that the step made itself are left out. The strongest first.
std::vector<LockSpan> find_lock_spans(const StepEffects& effects);

}  // namespace cairn
