#include "graph/row_set.hpp"

namespace cairn {

RowSet::RowSet(const RevisionGraph& graph, const std::set<Node>& applied)
    : graph_(graph), resting_(graph.revisions().size(), 0) {
  for (const Node node : applied) apply(node);
}

void RowSet::apply(Node node) {
  for (const Node parent : graph_.all_parents(node))
    if (resting_[parent]++ == 0) rows_.erase(graph_.revision(parent).id);
  rows_.insert(graph_.revision(node).id);
}

void RowSet::undo(Node node) {
  rows_.erase(graph_.revision(node).id);
  for (const Node parent : graph_.all_parents(node))
    if (--resting_[parent] == 0) rows_.insert(graph_.revision(parent).id);
}

}  // namespace cairn
