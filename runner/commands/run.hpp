#pragma once

#include "commands/invocation.hpp"
#include "graph/revision.hpp"

namespace cairn {

/// What upgrade and downgrade share: collect, connect, lock, read, plan, load, execute, report. The plan is made
/// once, under the lock, from the rows as they are.
Answer run_plan(const Invocation& invocation, Direction direction);

/// The same without lock and execution: what would be done.
Answer show_plan(const Invocation& invocation, Direction direction);

}  // namespace cairn
