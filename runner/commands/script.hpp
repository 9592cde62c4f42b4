#pragma once

#include "commands/invocation.hpp"
#include "graph/revision.hpp"

namespace cairn {

// The forms with --sql: collect, plan, load, record, write. No database is contacted.

Answer script_plan(const Invocation& invocation, Direction direction);
Answer script_stamp(const Invocation& invocation);

/// --output without --sql would be lost without a word.
void require_no_output(const Invocation& invocation);

}  // namespace cairn
