#include "graph/stamp.hpp"

#include "graph/consistency.hpp"
#include "graph/resolve.hpp"

#include <algorithm>

namespace cairn {

namespace {

/// All that leads to the node or comes from it, dependencies included: at most one row stands for it.
std::set<Node> full_lineage_of(const RevisionGraph& graph, Node node) {
  const std::vector<Node> from{node};
  std::set<Node> nodes = graph.ancestors_of(from);
  nodes.merge(graph.descendants_of(from));
  return nodes;
}

void erase_lineage(const RevisionGraph& graph, Node node, std::set<Node>& rows) {
  const std::set<Node> lineage = full_lineage_of(graph, node);
  std::erase_if(rows, [&](Node row) { return lineage.contains(row); });
}

void stamp_one(const Setting& setting, const Target& target, std::set<Node>& rows) {
  const std::vector<Node> wanted = resolve_fixed(setting, target);
  if (wanted.empty()) {
    const auto branch = find_branch(setting.graph, target);
    branch ? erase_lineage(setting.graph, branch->node, rows) : rows.clear();
  }
  for (const Node node : wanted) {
    erase_lineage(setting.graph, node, rows);
    rows.insert(node);
  }
}

}  // namespace

Stamp plan_stamp(const RevisionGraph& graph, std::span<const std::string> rows, std::span<const std::string> targets,
                 StampMode mode) {
  Stamp stamp;
  stamp.rows_before.assign(rows.begin(), rows.end());
  std::sort(stamp.rows_before.begin(), stamp.rows_before.end());
  const std::vector<Node> tops = mode == StampMode::purge ? std::vector<Node>() : require_rows(graph, rows);
  std::set<Node> kept(tops.begin(), tops.end());
  for (const std::string& target : targets) stamp_one(Setting{graph, tops, "stamp"}, parse_target(target), kept);
  stamp.rows_after = ids_of(graph, std::vector<Node>(kept.begin(), kept.end()));
  return stamp;
}

}  // namespace cairn
