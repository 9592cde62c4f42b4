#include "report/smoke_locks.hpp"

#include <algorithm>
#include <array>

namespace cairn {

namespace {

constexpr std::array<std::string_view, 8> modes{"AccessShareLock", "RowShareLock",          "RowExclusiveLock", "ShareUpdateExclusiveLock",
                                                "ShareLock",       "ShareRowExclusiveLock", "ExclusiveLock",    "AccessExclusiveLock"};

/// A span that reaches the statement before this one goes on; otherwise one begins.
void extend(std::vector<LockSpan>& spans, const SeenLock& lock, std::size_t at, std::chrono::microseconds duration) {
  const auto goes_on = std::find_if(spans.begin(), spans.end(), [&](const LockSpan& span) {
    return span.last + 1 >= at && span.mode == lock.mode && span.relation == lock.relation.name;
  });
  if (goes_on == spans.end()) {
    spans.push_back({lock.relation.name, lock.mode, at, at, duration});
  } else if (goes_on->last != at) {
    goes_on->last = at;
    goes_on->duration += duration;
  }
}

}  // namespace

int strength_of(std::string_view mode) {
  const auto found = std::find(modes.begin(), modes.end(), mode);
  return found == modes.end() ? 0 : static_cast<int>(found - modes.begin()) + 1;
}

std::string_view what_waits(std::string_view mode) {
  const int strength = strength_of(mode);
  if (strength == 8) return "reads and writes wait";
  if (strength >= 5) return "writes wait";
  return strength == 4 ? "other schema changes wait" : "";
}

std::vector<LockSpan> find_lock_spans(const StepEffects& effects) {
  std::vector<LockSpan> spans;
  for (std::size_t at = 0; at < effects.statements.size(); ++at) {
    const StatementEffects& statement = effects.statements[at];
    for (const auto* locks : {&statement.taken, &statement.held})
      for (const SeenLock& lock : *locks)
        if (!lock.relation.fresh) extend(spans, lock, at, statement.duration);
  }
  std::stable_sort(spans.begin(), spans.end(),
                   [](const LockSpan& a, const LockSpan& b) { return strength_of(a.mode) > strength_of(b.mode); });
  return spans;
}

}  // namespace cairn
