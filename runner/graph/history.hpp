#pragma once

#include "graph/revision_graph.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// The revisions of a range, newest first: each above everything it rests on. Both ends are included: "a:b", "a:", ":b", "" for all. An end may be
/// "current" (the version rows) or relative: "-N:" counts from the heads, ":+N" from the other end; these stop at
/// the last revision there is. Throws TargetError, or Error (category history) when "current" meets unknown rows.
std::vector<Node> resolve_history(const RevisionGraph& graph, std::span<const std::string> rows,
                                  std::string_view range);

/// What a target names for `show`: "current" is the rows; "heads" may name several, "base" names none.
std::vector<Node> resolve_shown(const RevisionGraph& graph, std::span<const std::string> rows, std::string_view target);

/// What `current` lists: the rows, and those heads of applied branches that a row implies by depends_on.
/// Throws Error (category history) for unknown rows.
std::vector<Node> current_nodes(const RevisionGraph& graph, std::span<const std::string> rows);

/// The effective heads that are not applied: none of them when the database is as new as the revisions.
/// Throws Error (category history) for unknown rows.
std::vector<Node> missing_heads(const RevisionGraph& graph, std::span<const std::string> rows);

/// A revision on which several rest by down_revision.
struct BranchPoint {
  Node node;
  std::vector<Node> children;
};

/// Newest first.
std::vector<BranchPoint> branches_of(const RevisionGraph& graph);

}  // namespace cairn
