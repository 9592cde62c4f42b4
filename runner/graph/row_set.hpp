#pragma once

#include "graph/revision_graph.hpp"

#include <set>
#include <string>
#include <vector>

namespace cairn {

/// The applied set and its maximal elements, kept up to date step by step. A step costs the number of links of
/// its revision, whatever the size of the graph.
class RowSet {
 public:
  /// `applied` must hold, with a node, all that the node rests on. The graph must outlive this.
  RowSet(const RevisionGraph& graph, const std::set<Node>& applied);

  /// All that the node rests on must be applied.
  void apply(Node node);
  /// Nothing that is applied may rest on the node.
  void undo(Node node);

  /// The version rows, sorted.
  std::vector<std::string> ids() const { return {rows_.begin(), rows_.end()}; }

 private:
  const RevisionGraph& graph_;
  std::vector<std::size_t> resting_;   ///< how many applied nodes rest directly on each
  std::set<std::string> rows_;
};

}  // namespace cairn
