#pragma once

#include "commands/invocation.hpp"
#include "graph/plan.hpp"

#include <functional>
#include <span>
#include <string>

namespace cairn {

/// What upgrade and downgrade share: collect, connect, lock, read, plan, load, execute, report. `make_plan` is
/// asked once, under the lock, with the rows as they are.
using MakePlan = std::function<Plan(const RevisionGraph&, std::span<const std::string> rows)>;

Answer run_plan(const Invocation& invocation, const MakePlan& make_plan);

/// The same without lock and execution: what would be done.
Answer show_plan(const Invocation& invocation, const MakePlan& make_plan);

/// The target of a command line; Error (usage) when it is missing or there are several.
std::string require_target(const Invocation& invocation);

}  // namespace cairn
