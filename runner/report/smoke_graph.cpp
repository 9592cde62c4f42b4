#include "report/smoke_graph.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace cairn {

namespace {

/// Rows by id and by label.
std::map<std::string_view, std::size_t> make_names(std::span<const Proof> proofs) {
  std::map<std::string_view, std::size_t> names;
  for (std::size_t row = 0; row < proofs.size(); ++row) {
    names.emplace(proofs[row].revision->id, row);
    for (const std::string& label : proofs[row].revision->labels) names.emplace(label, row);
  }
  return names;
}

std::vector<GraphEdge> make_edges(std::span<const Proof> proofs) {
  const auto names = make_names(proofs);
  std::vector<GraphEdge> edges;
  const auto add = [&](const std::vector<std::string>& parents, std::size_t row, LinkKind kind) {
    for (const std::string& parent : parents)
      if (const auto found = names.find(parent); found != names.end() && found->second < row)
        edges.push_back({found->second, row, 0, kind});
  };
  for (std::size_t row = 0; row < proofs.size(); ++row) {
    add(proofs[row].revision->down_revisions, row, LinkKind::parent);
    add(proofs[row].revision->depends_on, row, LinkKind::dependency);
  }
  std::stable_sort(edges.begin(), edges.end(), [](const GraphEdge& a, const GraphEdge& b) { return a.from < b.from; });
  return edges;
}

/// The lanes that are in use, each by an edge on its way down.
class FreeLanes {
 public:
  std::size_t take() {
    const auto free = std::find(used_.begin(), used_.end(), false);
    if (free == used_.end()) return used_.push_back(true), used_.size() - 1;
    *free = true;
    return static_cast<std::size_t>(free - used_.begin());
  }
  void release(std::size_t lane) { used_[lane] = false; }
  std::size_t count() const { return used_.size(); }

 private:
  std::vector<bool> used_;
};

/// The lane of a row is the first that arrives there; the others end.
std::size_t arrive(const std::vector<GraphEdge>& edges, std::size_t row, FreeLanes& lanes) {
  std::optional<std::size_t> mine;
  for (const GraphEdge& edge : edges) {
    if (edge.to != row || edge.from >= row) continue;
    if (mine) lanes.release(std::max(*mine, edge.lane));
    mine = mine ? std::min(*mine, edge.lane) : edge.lane;
  }
  return mine ? *mine : lanes.take();
}

/// The first edge goes on in the revision's lane, the others part from it.
void leave(std::vector<GraphEdge>& edges, std::size_t row, std::size_t lane, FreeLanes& lanes) {
  bool goes_on = false;
  for (GraphEdge& edge : edges) {
    if (edge.from != row) continue;
    edge.lane = goes_on ? lanes.take() : lane;
    goes_on = true;
  }
  if (!goes_on) lanes.release(lane);
}

}  // namespace

RevisionLanes lay_out(std::span<const Proof> proofs) {
  RevisionLanes drawing{.lane_of = {}, .edges = make_edges(proofs), .lanes = 0};
  FreeLanes lanes;
  for (std::size_t row = 0; row < proofs.size(); ++row) {
    drawing.lane_of.push_back(arrive(drawing.edges, row, lanes));
    leave(drawing.edges, row, drawing.lane_of.back(), lanes);
  }
  drawing.lanes = lanes.count();
  return drawing;
}

}  // namespace cairn
