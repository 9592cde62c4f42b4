#pragma once

#include "commands/database.hpp"
#include "graph/revision_graph.hpp"

#include <string>
#include <vector>

namespace cairn {

/// Throws one Error (history) naming every version row that is no revision of the graph. The journal is asked where they
/// come from, so that a database which a newer runner has moved on is told apart from one that is damaged or not ours.
void require_known_rows(OpenDatabase& opened, const Invocation& invocation, const RevisionGraph& graph, const Reading& reading);

/// Reads the version rows, without the lock, and requires that all are known.
std::vector<std::string> read_known_rows(OpenDatabase& opened, const Invocation& invocation, const RevisionGraph& graph);

}  // namespace cairn
