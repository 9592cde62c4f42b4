#pragma once

#include "engine/outcome.hpp"
#include "graph/plan.hpp"
#include "report/format.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// What upgrade, downgrade, stamp and plan have to say.
struct RunReport {
  std::string_view command;
  std::string database;               ///< redacted
  Direction direction = Direction::up;
  std::vector<std::string> rows_before;
  std::vector<std::string> rows_after;
  std::vector<StepOutcome> steps;
  std::vector<std::string> heads;     ///< ids that are heads, for the mark behind the final position
  bool dry = false;                   ///< a plan: nothing was run
  std::optional<Error> error;
};

std::string render(const RunReport& report, const Format& format);

}  // namespace cairn
