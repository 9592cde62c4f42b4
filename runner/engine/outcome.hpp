#pragma once

#include "base/error.hpp"
#include "graph/plan.hpp"
#include "state/state.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

enum class StepState { done, failed, untouched, unknown };

struct StepOutcome {
  const Revision* revision = nullptr;
  Direction direction = Direction::up;
  StepState state = StepState::untouched;
  std::chrono::milliseconds duration{0};
};

/// What a run left behind, success or not: printed in the same form either way.
struct Outcome {
  std::vector<StepOutcome> steps;          ///< in the order of the plan
  std::vector<std::string> rows;           ///< version rows as far as known
  std::optional<Error> error;
  bool lost = false;                       ///< the connection went; rows and states are settled by reading them again
  std::size_t round_trips = 0;

  std::size_t done() const;
};

/// "at 91bc0012 (1 of 3 applied)".
std::string describe_database(const Outcome& outcome);

/// The same after a step that ended with this error, in this state: "unchanged by this revision, still at …", which is what
/// a person needs to know after a failure.
std::string describe_database(const Outcome& outcome, const Error& error, StepState state);

/// After a lost connection: the rows that were read again say which steps were committed, since rows and
/// effects commit together; what runs outside a transaction may have stopped half-way, which the journal says and
/// outcome.error then tells (category unfinished). Throws category history when the rows fit no step.
void settle(Outcome& outcome, const Plan& plan, const State& state);

}  // namespace cairn
