#pragma once

#include "commands/invocation.hpp"
#include "graph/revision_graph.hpp"

#include <string>
#include <vector>

namespace cairn {

/// Opens the database and reads the version rows. Where --rev-range speaks of "current", all must be known.
std::vector<std::string> read_rows(const Invocation& invocation, const RevisionGraph& graph);

/// The version rows where --rev-range speaks of "current"; otherwise none, and nothing is contacted.
std::vector<std::string> read_rows_of_range(const Invocation& invocation, const RevisionGraph& graph);

}  // namespace cairn
