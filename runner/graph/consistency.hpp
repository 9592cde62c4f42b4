#pragma once

#include "base/error.hpp"
#include "graph/revision_graph.hpp"

#include <span>
#include <string>
#include <vector>

namespace cairn {

/// The rows that are no revision of the graph, sorted.
std::vector<std::string> find_unknown_rows(const RevisionGraph& graph, std::span<const std::string> rows);

/// Error category history for one of them.
Error make_unknown_row_error(const RevisionGraph& graph, const std::string& row);

/// Throws one Error (category history) naming every row that is no revision of the graph: the database may be
/// ahead of these plugins. Rows name whole ids, never a label or the beginning of an id.
void require_known_rows(const RevisionGraph& graph, std::span<const std::string> rows);

/// The rows as nodes: what is applied, without rows that another one implies (hand-made changes and older runners
/// leave such). Throws as require_known_rows does.
std::vector<Node> require_rows(const RevisionGraph& graph, std::span<const std::string> rows);

/// Rows that another row implies, sorted: harmless, and gone after the next step.
std::vector<std::string> find_redundant_rows(const RevisionGraph& graph, std::span<const std::string> rows);

/// The ids of these nodes, sorted.
std::vector<std::string> ids_of(const RevisionGraph& graph, std::span<const Node> nodes);

}  // namespace cairn
