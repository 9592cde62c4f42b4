#pragma once

#include "graph/revision_graph.hpp"
#include "graph/target.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// A point of the history: a revision, or nothing for the base below all of them.
using Point = std::optional<Node>;

/// What stands before '@': a revision and everything on its lineage by down_revision.
struct Branch {
  std::string name;         ///< as typed
  Node node;
  std::set<Node> lineage;

  bool contains(Node other) const { return lineage.contains(other); }
};

/// The revision whose id, label or (if only one) beginning of either this is. With a branch, only its lineage
/// counts. Throws TargetError: unknown, ambiguous, not_member.
Node require_node(const RevisionGraph& graph, std::string_view name, const Branch* branch = nullptr);

/// The branch a target names before its '@', if it names one. Throws TargetError: unknown_branch, ambiguous.
std::optional<Branch> find_branch(const RevisionGraph& graph, const Target& target);

/// Those of the nodes on the branch; all of them without one.
std::vector<Node> only_on(const Branch* branch, std::vector<Node> nodes);

/// "id (label) message", for lists in messages.
std::string describe(const RevisionGraph& graph, Node node);
std::string describe(const RevisionGraph& graph, std::span<const Node> nodes);

/// What to type for this head and no other one: "label@head" where that is exact, else the id.
std::string spelling_of_head(const RevisionGraph& graph, Node head);

}  // namespace cairn
