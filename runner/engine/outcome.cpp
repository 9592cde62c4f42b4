#include "engine/outcome.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::string position(const std::vector<std::string>& rows) { return rows.empty() ? "base" : join(rows, ", "); }

std::string progress(const Outcome& outcome) {
  const bool down = !outcome.steps.empty() && outcome.steps.front().direction == Direction::down;
  return fmt::format("{} of {} {}", outcome.done(), outcome.steps.size(), down ? "undone" : "applied");
}

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
  return fmt::format("at {} ({})", position(outcome.rows), progress(outcome));
}

std::string describe_database(const Outcome& outcome, const Error& error, StepState state) {
  if (state != StepState::failed) return describe_database(outcome);
  if (error.category() == Category::unfinished)
    return "changed in part by this revision; its version rows are still " + describe_database(outcome);
  // Where it stands is just what turned out to be unknown.
  if (error.category() == Category::history) return fmt::format("unchanged by this revision ({})", progress(outcome));
  return "unchanged by this revision, still " + describe_database(outcome);
}

void settle(Outcome& outcome, const Plan& plan, const State& state) {
  outcome.rows = state.rows;
  const std::optional<std::size_t> done = steps_done(plan, state.rows);
  if (!done)
    throw Error(Category::history, fmt::format("the version rows are {}, which no step of this run leaves", position(state.rows)))
        .hint("Somebody else changed them. Look at \"cairn current\" and at the cairn_journal table.");
  for (std::size_t i = 0; i < outcome.steps.size(); ++i)
    outcome.steps[i].state = i < *done ? StepState::done : StepState::untouched;
  if (state.unfinished.empty() || *done >= outcome.steps.size()) return;
  outcome.steps[*done].state = StepState::failed;
  outcome.error = make_unfinished_error(state.unfinished.front()).context("the connection to the server was lost during the run");
  outcome.error->database(describe_database(outcome, *outcome.error, StepState::failed));
}

}  // namespace cairn
