#pragma once

#include "graph/revision.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// A revision's place in the graph: an index into RevisionGraph::revisions().
using Node = std::size_t;

/// All revisions and how they rest on each other. Immutable; knows nothing of files or SQL.
/// Nodes are kept in a topological order that depends on ids only, so the same revisions always
/// give the same order whatever order they were found in.
class RevisionGraph {
 public:
  /// Throws one Error (category graph) that carries every problem: duplicate ids (naming both
  /// origins), labels used twice or equal to an id, missing parents and dependencies, self-loops,
  /// cycles printed in order, illegal ids.
  explicit RevisionGraph(std::vector<Revision> revisions);

  std::span<const Revision> revisions() const { return revisions_; }
  const Revision& revision(Node node) const { return revisions_[node]; }

  /// The node of exactly this id, or nothing.
  std::optional<Node> find(std::string_view id) const;

  /// Parents and children by down_revision; and the same with depends_on added.
  std::span<const Node> parents(Node node) const { return parents_[node]; }
  std::span<const Node> children(Node node) const { return children_[node]; }
  std::span<const Node> all_parents(Node node) const { return all_parents_[node]; }
  std::span<const Node> all_children(Node node) const { return all_children_[node]; }

  /// No children by down_revision. `heads` of Alembic's `heads` command.
  std::vector<Node> heads() const;
  /// No children at all, dependencies included: what `upgrade heads` leaves as rows.
  std::vector<Node> effective_heads() const;
  std::vector<Node> bases() const;
  std::vector<Node> branch_points() const;

  /// The nodes themselves and everything they need (down_revision and depends_on).
  std::set<Node> ancestors_of(std::span<const Node> nodes) const;
  /// The nodes themselves and everything that needs them.
  std::set<Node> descendants_of(std::span<const Node> nodes) const;
  /// Nodes sharing down_revision lineage with the node: ancestors, itself, descendants.
  std::set<Node> lineage_of(Node node) const;
  /// Those of the set that no other one of the set rests on: the version rows of an applied set.
  std::vector<Node> maximal(const std::set<Node>& nodes) const;

  /// Labels shown for a node: its own, those of its ancestors, and those of its descendants down
  /// to the next branch point.
  std::vector<std::string> labels_of(Node node) const;
  std::optional<Node> find_label(std::string_view label) const;

 private:
  std::vector<Revision> revisions_;
  std::map<std::string, Node, std::less<>> by_id_;
  std::map<std::string, Node, std::less<>> by_label_;
  std::vector<std::vector<Node>> parents_, children_, all_parents_, all_children_;
};

}  // namespace cairn
