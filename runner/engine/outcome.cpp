#include "engine/outcome.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::string position(const std::vector<std::string>& rows) { return rows.empty() ? "base" : join(rows, ", "); }

/// How many steps these rows say are done: the last step that leaves exactly them.
std::optional<std::size_t> steps_done(const Plan& plan, const std::vector<std::string>& rows) {
  for (std::size_t i = plan.steps.size(); i > 0; --i)
    if (plan.steps[i - 1].rows_after == rows) return i;
  if (plan.rows_before == rows) return 0;
  return std::nullopt;
}

}  // namespace

std::size_t Outcome::done() const {
  return static_cast<std::size_t>(
      std::count_if(steps.begin(), steps.end(), [](const StepOutcome& s) { return s.state == StepState::done; }));
}

std::string describe_database(const Outcome& outcome) {
  const bool down = !outcome.steps.empty() && outcome.steps.front().direction == Direction::down;
  const bool failed = std::any_of(outcome.steps.begin(), outcome.steps.end(),
                                  [](const StepOutcome& s) { return s.state == StepState::failed; });
  const bool half_way = outcome.error && outcome.error->category() == Category::unfinished;
  const std::string_view lead = half_way ? "partly changed by this revision, recorded as still "
                                : failed ? "unchanged by this revision, still " : "";
  return fmt::format("{}at {} ({} of {} {})", lead, position(outcome.rows), outcome.done(), outcome.steps.size(),
                     down ? "undone" : "applied");
}

void settle(Outcome& outcome, const Plan& plan, const std::vector<std::string>& rows) {
  outcome.rows = rows;
  const std::optional<std::size_t> done = steps_done(plan, rows);
  if (!done)
    throw Error(Category::history, fmt::format("the version rows are {}, which no step of this run leaves", position(rows)))
        .hint("Somebody else changed them. Look at \"cairn current\" and at the cairn_journal table.");
  for (std::size_t i = 0; i < outcome.steps.size(); ++i)
    outcome.steps[i].state = i < *done ? StepState::done : StepState::untouched;
}

}  // namespace cairn
