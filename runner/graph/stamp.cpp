#include "graph/stamp.hpp"

#include "graph/consistency.hpp"
#include "graph/resolve.hpp"
#include "graph/target_error.hpp"

#include <fmt/core.h>

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

void stamp_one(const Question& question, const Target& target, std::set<Node>& rows) {
  const std::vector<Node> wanted = resolve_fixed(question, target);
  const auto branch = wanted.empty() ? find_branch(question.graph, target) : std::nullopt;
  if (branch) erase_lineage(question.graph, branch->node, rows);
  for (const Node node : wanted) {
    erase_lineage(question.graph, node, rows);
    rows.insert(node);
  }
}

std::vector<Target> parse_targets(std::span<const std::string> texts, StampMode mode) {
  std::vector<Target> targets;
  for (const std::string& text : texts) targets.push_back(parse_target(text));
  for (const Target& target : targets)
    if (target.is_relative() && mode == StampMode::keep_others)
      throw TargetError(TargetProblem::relative_not_allowed,
                        Error(Category::graph, fmt::format("\"{}\" counts from somewhere, and stamp wants a revision", target.text))
                            .hint("Name the revision; \"cairn current\" and \"cairn history\" list them."));
  return targets;
}

}  // namespace

Stamp plan_stamp(const RevisionGraph& graph, std::span<const std::string> rows, std::span<const std::string> targets,
                 StampMode mode) {
  const std::vector<Target> parsed = parse_targets(targets, mode);
  Stamp stamp;
  stamp.rows_before.assign(rows.begin(), rows.end());
  std::sort(stamp.rows_before.begin(), stamp.rows_before.end());
  const std::vector<Node> tops = mode == StampMode::purge ? std::vector<Node>() : require_rows(graph, rows);
  std::set<Node> kept(tops.begin(), tops.end());
  const auto is_plain_base = [](const Target& target) { return target.is_base() && !target.branch; };
  if (std::all_of(parsed.begin(), parsed.end(), is_plain_base)) kept.clear();
  for (const Target& target : parsed) stamp_one(Question{graph, tops, "stamp"}, target, kept);
  stamp.rows_after = ids_of(graph, std::vector<Node>(kept.begin(), kept.end()));
  return stamp;
}

}  // namespace cairn
