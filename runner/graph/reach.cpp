// What can be reached from where: the part of RevisionGraph that walks over many nodes. Every walk keeps
// its own stack, since a linear history may be 100,000 revisions long.
#include "graph/revision_graph.hpp"

#include <algorithm>

namespace cairn {

namespace {

template <typename Links>
std::vector<bool> reach(std::size_t count, std::span<const Node> from, Links links) {
  std::vector<bool> seen(count, false);
  std::vector<Node> todo;
  const auto visit = [&](Node node) {
    if (seen[node]) return;
    seen[node] = true;
    todo.push_back(node);
  };
  for (const Node node : from) visit(node);
  while (!todo.empty()) {
    const Node node = todo.back();
    todo.pop_back();
    for (const Node next : links(node)) visit(next);
  }
  return seen;
}

std::set<Node> as_set(const std::vector<bool>& seen) {
  std::set<Node> nodes;
  for (Node node = 0; node < seen.size(); ++node)
    if (seen[node]) nodes.insert(nodes.end(), node);
  return nodes;
}

}  // namespace

std::set<Node> RevisionGraph::ancestors_of(std::span<const Node> nodes) const {
  return as_set(reach(revisions_.size(), nodes, [&](Node node) { return all_parents(node); }));
}

std::set<Node> RevisionGraph::descendants_of(std::span<const Node> nodes) const {
  return as_set(reach(revisions_.size(), nodes, [&](Node node) { return all_children(node); }));
}

std::set<Node> RevisionGraph::lineage_of(Node node) const {
  const std::vector<Node> from{node};
  std::vector<bool> seen = reach(revisions_.size(), from, [&](Node at) { return parents(at); });
  const std::vector<bool> above = reach(revisions_.size(), from, [&](Node at) { return children(at); });
  for (Node i = 0; i < seen.size(); ++i)
    if (above[i]) seen[i] = true;
  return as_set(seen);
}

std::vector<Node> RevisionGraph::maximal(const std::set<Node>& nodes) const {
  // Nodes are in topological order, so one sweep downwards knows of each node whether a member rests on it.
  std::vector<bool> needed(nodes.empty() ? 0 : *nodes.rbegin() + 1, false);
  std::vector<Node> tops;
  for (Node node = needed.size(); node-- > 0;) {
    const bool member = nodes.contains(node);
    if (member && !needed[node]) tops.push_back(node);
    if (!member && !needed[node]) continue;
    for (const Node parent : all_parents_[node]) needed[parent] = true;
  }
  std::reverse(tops.begin(), tops.end());
  return tops;
}

std::vector<std::string> RevisionGraph::labels_of(Node node) const {
  std::set<std::string> labels;
  if (by_label_.empty()) return {};
  const std::vector<Node> from{node};
  const auto below = reach(revisions_.size(), from, [&](Node at) { return parents(at); });
  // Upwards only while there is nothing to choose: a label reaches down to the next branch or merge point.
  const auto above = reach(revisions_.size(), from, [&](Node at) {
    const bool plain = children(at).size() == 1 && parents(children(at).front()).size() == 1;
    return plain ? children(at) : std::span<const Node>();
  });
  for (const auto& [label, owner] : by_label_)
    if (below[owner] || above[owner]) labels.insert(label);
  return {labels.begin(), labels.end()};
}

}  // namespace cairn
