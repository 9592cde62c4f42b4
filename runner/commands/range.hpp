#pragma once

#include "commands/invocation.hpp"
#include "graph/revision_graph.hpp"
#include "state/state.hpp"

#include <string>
#include <vector>

namespace cairn {

/// Opens the database and reads rows and journal. Where --rev-range speaks of "current", all rows must be known.
State read_state(const Invocation& invocation, const RevisionGraph& graph);

/// The same where --rev-range speaks of "current"; otherwise nothing, and nothing is contacted.
State read_state_of_range(const Invocation& invocation, const RevisionGraph& graph);

/// Its version rows alone.
std::vector<std::string> read_rows_of_range(const Invocation& invocation, const RevisionGraph& graph);

}  // namespace cairn
