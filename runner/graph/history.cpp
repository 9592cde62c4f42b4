#include "graph/history.hpp"

#include "base/text.hpp"
#include "graph/consistency.hpp"
#include "graph/resolve.hpp"
#include "graph/target_error.hpp"
#include "graph/walk.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

namespace cairn {

namespace {

constexpr std::string_view command = "history";

/// The lower end of a range. No nodes: the range begins at the base.
struct LowerEnd {
  std::vector<Node> nodes;
  std::optional<Branch> branch;   ///< of "LABEL@base": only what is on it
};

/// "-N": N below each head; where that is below the base, the range begins at the base.
std::vector<Node> below_heads(const RevisionGraph& graph, const Target& target, const Branch* branch) {
  std::set<Node> nodes;
  for (const Node head : only_on(branch, graph.effective_heads()))
    if (const Walk walk = walk_down(graph, head, -*target.offset); walk.end) nodes.insert(*walk.end);
  return {nodes.begin(), nodes.end()};
}

LowerEnd resolve_lower(const RevisionGraph& graph, std::span<const std::string> rows,
                       const std::optional<std::string>& text) {
  if (!text) return {};
  if (*text == "current") return {require_rows(graph, rows), {}};
  const Target target = parse_target(*text);
  const std::optional<Branch> branch = find_branch(graph, target);
  if (target.atom.empty() && *target.offset < 0) return {below_heads(graph, target, branch ? &*branch : nullptr), {}};
  LowerEnd end{resolve_fixed(Setting{graph, {}, command}, target), {}};
  if (target.is_base()) end.branch = branch;
  return end;
}

std::vector<Node> resolve_upper(const RevisionGraph& graph, std::span<const std::string> rows,
                                const std::optional<std::string>& text, std::span<const Node> lower) {
  if (!text) return graph.effective_heads();
  if (*text == "current") return require_rows(graph, rows);
  const Target target = parse_target(*text);
  if (!target.is_relative()) return resolve_fixed(Setting{graph, {}, command}, target);
  const Setting setting{graph, lower, command};
  if (target.atom.empty() && *target.offset <= 0)
    throw TargetError(TargetProblem::wrong_direction,
                      Error(Category::graph, fmt::format("a range cannot end at \"{}\"", *text))
                          .hint("\"FROM:+N\" ends N revisions above FROM."));
  const Point point = target.atom.empty() ? resolve_above(setting, target, Overwalk::clamp)
                                          : resolve_beside(setting, target, Overwalk::clamp);
  return point ? std::vector<Node>{*point} : std::vector<Node>{};
}

[[noreturn]] void refuse_range(const RevisionGraph& graph, std::string_view range, Node lower) {
  throw TargetError(TargetProblem::range,
                    Error(Category::graph, fmt::format("the range \"{}\" does not lead upwards: \"{}\" is not below its end",
                                                       printable(range, 100), graph.revision(lower).id))
                        .hint("Write the older revision first, and two revisions of the same branch."));
}

std::vector<Node> newest_first(std::vector<Node> nodes) {
  std::sort(nodes.begin(), nodes.end(), std::greater<>());
  return nodes;
}

}  // namespace

std::vector<Node> history_order(const RevisionGraph& graph) {
  std::vector<Node> nodes(graph.revisions().size());
  std::iota(nodes.rbegin(), nodes.rend(), Node{0});
  return nodes;
}

std::vector<Node> resolve_history(const RevisionGraph& graph, std::span<const std::string> rows,
                                  std::string_view range) {
  const TargetRange ends = parse_target_range(range);
  if (!ends.from && !ends.to) return history_order(graph);
  const LowerEnd lower = resolve_lower(graph, rows, ends.from);
  const std::vector<Node> upper = resolve_upper(graph, rows, ends.to, lower.nodes);
  std::set<Node> nodes = graph.ancestors_of(upper);
  for (const Node node : lower.nodes)
    if (!nodes.contains(node)) refuse_range(graph, range, node);
  if (!lower.nodes.empty()) {
    const std::set<Node> above = graph.descendants_of(lower.nodes);
    std::erase_if(nodes, [&](Node node) { return !above.contains(node); });
  }
  return newest_first({nodes.begin(), nodes.end()});
}

std::vector<Node> resolve_shown(const RevisionGraph& graph, std::span<const std::string> rows,
                                std::string_view target) {
  if (target == "current") return require_rows(graph, rows);
  return resolve_fixed(Setting{graph, {}, "show"}, parse_target(target));
}

std::vector<Node> current_nodes(const RevisionGraph& graph, std::span<const std::string> rows) {
  const std::set<Node> applied = graph.ancestors_of(require_rows(graph, rows));
  std::vector<Node> tops;
  for (const Node node : applied) {
    const auto children = graph.children(node);
    const auto is_applied = [&](Node child) { return applied.contains(child); };
    if (std::none_of(children.begin(), children.end(), is_applied)) tops.push_back(node);
  }
  return tops;
}

std::vector<BranchPoint> branches_of(const RevisionGraph& graph) {
  std::vector<BranchPoint> branches;
  for (const Node node : newest_first(graph.branch_points())) {
    const auto children = graph.children(node);
    branches.push_back(BranchPoint{node, {children.begin(), children.end()}});
  }
  return branches;
}

}  // namespace cairn
