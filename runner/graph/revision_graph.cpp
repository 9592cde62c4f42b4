#include "graph/revision_graph.hpp"

#include "base/error.hpp"
#include "graph/graph_problems.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <unordered_map>
#include <utility>

namespace cairn {

namespace {

void require_sound(std::span<const Revision> revisions) {
  std::vector<Error> errors;
  for (GraphProblem& problem : find_graph_problems(revisions)) errors.push_back(std::move(problem.error));
  throw_all(std::move(errors));
}

void sort_and_unite(std::vector<Node>& nodes) {
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

std::vector<std::vector<Node>> reversed(const std::vector<std::vector<Node>>& links) {
  std::vector<std::vector<Node>> back(links.size());
  for (Node from = 0; from < links.size(); ++from)
    for (const Node to : links[from]) back[to].push_back(from);
  return back;
}

/// Names to positions, for a vector of revisions in some order.
class Names {
 public:
  explicit Names(std::span<const Revision> revisions) {
    for (Node node = 0; node < revisions.size(); ++node) {
      ids_.emplace(revisions[node].id, node);
      for (const std::string& label : revisions[node].labels) labels_.emplace(label, node);
    }
  }

  std::vector<Node> parents_of(const Revision& revision) const {
    std::vector<Node> nodes;
    for (const std::string& id : revision.down_revisions) nodes.push_back(ids_.at(id));
    sort_and_unite(nodes);
    return nodes;
  }

  std::vector<Node> all_parents_of(const Revision& revision) const {
    std::vector<Node> nodes = parents_of(revision);
    for (const std::string& name : revision.depends_on) {
      const auto id = ids_.find(name);
      nodes.push_back(id != ids_.end() ? id->second : labels_.at(name));
    }
    sort_and_unite(nodes);
    return nodes;
  }

 private:
  std::unordered_map<std::string_view, Node> ids_;
  std::unordered_map<std::string_view, Node> labels_;
};

/// Kahn's algorithm, always taking the smallest id that is free. The revisions come sorted by id.
std::vector<Node> topological_order(std::span<const Revision> sorted) {
  const Names names(sorted);
  std::vector<std::vector<Node>> parents(sorted.size());
  for (Node node = 0; node < sorted.size(); ++node) parents[node] = names.all_parents_of(sorted[node]);
  const auto children = reversed(parents);

  std::vector<std::size_t> waiting_for(sorted.size());
  std::priority_queue<Node, std::vector<Node>, std::greater<>> ready;
  for (Node node = 0; node < sorted.size(); ++node)
    if ((waiting_for[node] = parents[node].size()) == 0) ready.push(node);

  std::vector<Node> order;
  order.reserve(sorted.size());
  while (!ready.empty()) {
    order.push_back(ready.top());
    ready.pop();
    for (const Node child : children[order.back()])
      if (--waiting_for[child] == 0) ready.push(child);
  }
  return order;
}

}  // namespace

RevisionGraph::RevisionGraph(std::vector<Revision> revisions) {
  require_sound(revisions);
  std::sort(revisions.begin(), revisions.end(), [](const Revision& a, const Revision& b) { return a.id < b.id; });
  revisions_.reserve(revisions.size());
  for (const Node node : topological_order(revisions)) revisions_.push_back(std::move(revisions[node]));

  const Names names(revisions_);
  for (Node node = 0; node < revisions_.size(); ++node) {
    parents_.push_back(names.parents_of(revisions_[node]));
    all_parents_.push_back(names.all_parents_of(revisions_[node]));
    by_id_.emplace(revisions_[node].id, node);
    for (const std::string& label : revisions_[node].labels) by_label_.emplace(label, node);
  }
  children_ = reversed(parents_);
  all_children_ = reversed(all_parents_);
}

std::optional<Node> RevisionGraph::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::nullopt;
  return found->second;
}

std::optional<Node> RevisionGraph::find_label(std::string_view label) const {
  const auto found = by_label_.find(label);
  if (found == by_label_.end()) return std::nullopt;
  return found->second;
}

namespace {

template <typename Predicate>
std::vector<Node> nodes_where(std::size_t count, Predicate holds) {
  std::vector<Node> nodes;
  for (Node node = 0; node < count; ++node)
    if (holds(node)) nodes.push_back(node);
  return nodes;
}

}  // namespace

std::vector<Node> RevisionGraph::heads() const {
  return nodes_where(revisions_.size(), [&](Node node) { return children_[node].empty(); });
}

std::vector<Node> RevisionGraph::effective_heads() const {
  return nodes_where(revisions_.size(), [&](Node node) { return all_children_[node].empty(); });
}

std::vector<Node> RevisionGraph::bases() const {
  return nodes_where(revisions_.size(), [&](Node node) { return parents_[node].empty(); });
}

std::vector<Node> RevisionGraph::branch_points() const {
  return nodes_where(revisions_.size(), [&](Node node) { return children_[node].size() > 1; });
}

}  // namespace cairn
