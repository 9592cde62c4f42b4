#pragma once

#include "commands/invocation.hpp"
#include "graph/plan.hpp"

#include <string>

namespace cairn {

/// Where a run goes.
struct Course {
  std::string target;
  Direction direction = Direction::up;
};

/// What upgrade and downgrade share: collect, connect, lock, read, plan, load, execute, report.
Answer run_plan(const Invocation& invocation, const Course& course);

/// The same without lock and execution: what would be done.
Answer show_plan(const Invocation& invocation, const Course& course);

/// The target of a command line; Error (usage) when it is missing or there are several.
std::string require_target(const Invocation& invocation);

}  // namespace cairn
