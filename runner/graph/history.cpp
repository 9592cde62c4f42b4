#include "graph/history.hpp"

#include "base/text.hpp"
#include "graph/consistency.hpp"
#include "graph/resolve.hpp"
#include "graph/target_error.hpp"
#include "graph/walk.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <numeric>

namespace cairn {

namespace {

constexpr std::string_view command = "history";

/// The lower end of a range. No nodes: the range begins at the base.
struct LowerEnd {
  std::vector<Node> nodes;
  std::optional<Branch> branch;   ///< of "LABEL@base" and "LABEL@id:": the range ends on it, too
};

/// "-N": N below each head; where that is below the base, the range begins at the base.
std::vector<Node> below_heads(const RevisionGraph& graph, const Target& target, const Branch* branch) {
  std::set<Node> nodes;
  for (const Node head : only_on(branch, graph.effective_heads()))
    if (const Walk walk = walk_down(graph, head, -*target.offset); walk.end) nodes.insert(*walk.end);
  return {nodes.begin(), nodes.end()};
}

LowerEnd resolve_lower(const RevisionGraph& graph, std::span<const std::string> rows,
                       const TargetRange& range) {
  const std::optional<std::string>& text = range.from;
  const bool open_end = !range.to;
  if (!text) return {};
  if (*text == "current") return {require_rows(graph, rows), {}};
  const Target target = parse_target(*text);
  const std::optional<Branch> branch = find_branch(graph, target);
  const bool from_heads = target.atom.empty() && *target.offset < 0;
  LowerEnd end{from_heads ? below_heads(graph, target, branch ? &*branch : nullptr)
                          : resolve_fixed(Question{graph, {}, command}, target), {}};
  if (end.nodes.empty() || open_end) end.branch = branch;
  return end;
}

/// "+N" alone: the only upper end that needs the lower one.
bool counts_from_lower(const std::optional<std::string>& text) {
  return text && *text != "current" && parse_target(*text).is_relative() && parse_target(*text).atom.empty();
}

std::vector<Node> resolve_upper(const RevisionGraph& graph, std::span<const std::string> rows,
                                const std::optional<std::string>& text) {
  if (!text) return graph.effective_heads();
  if (*text == "current") return require_rows(graph, rows);
  const Target target = parse_target(*text);
  const Question question{graph, {}, command};
  if (!target.is_relative()) return resolve_fixed(question, target);
  const Point point = resolve_beside(question, target, Overwalk::clamp);
  return point ? std::vector<Node>{*point} : std::vector<Node>{};
}

std::vector<Node> count_from_lower(const RevisionGraph& graph, const std::string& text, std::span<const Node> lower) {
  const Target target = parse_target(text);
  if (*target.offset <= 0)
    throw TargetError(TargetProblem::wrong_direction,
                      Error(Category::graph, fmt::format("a range cannot end at \"{}\"", text))
                          .hint("\"FROM:+N\" ends N revisions above FROM."));
  const Point point = resolve_above(Question{graph, lower, command}, target, Overwalk::clamp);
  return point ? std::vector<Node>{*point} : std::vector<Node>{};
}

/// "heads:+1": a count starts at one revision. Several rows are told of by who counts from them.
void require_one_start(const RevisionGraph& graph, const TargetRange& range, std::span<const Node> lower) {
  if (lower.size() < 2 || range.from == "current") return;
  throw TargetError(TargetProblem::multiple_heads,
                    Error(Category::graph, fmt::format("\"{}\" counts from one revision, and \"{}\" means {}", *range.to,
                                                       printable(*range.from, 100), lower.size()))
                        .detail(describe(graph, lower))
                        .hint(fmt::format("Name one of them: \"{}:{}\".", graph.revision(lower.front()).id, *range.to)));
}

[[noreturn]] void refuse_range(const RevisionGraph& graph, std::string_view range, Node lower) {
  throw TargetError(TargetProblem::reversed_range,
                    Error(Category::graph, fmt::format("the range \"{}\" does not lead upwards: \"{}\" is not below its end",
                                                       printable(range, 100), graph.revision(lower).id))
                        .hint("Write the older revision first, and two revisions of the same branch."));
}

std::vector<Node> newest_first(std::vector<Node> nodes) {
  std::sort(nodes.begin(), nodes.end(), std::greater<>());
  return nodes;
}

/// The nodes themselves and what rests on them by down_revision.
std::set<Node> line_above(const RevisionGraph& graph, std::span<const Node> nodes) {
  std::set<Node> above(nodes.begin(), nodes.end());
  // Children come later in the order of nodes, so one pass over the growing set meets them all.
  for (const Node node : above)
    for (const Node child : graph.children(node)) above.insert(child);
  return above;
}

/// What a range may hold above its lower end: the line by down_revision; where that does not lead to the upper end,
/// the way through depends_on as well.
std::set<Node> above(const RevisionGraph& graph, std::span<const Node> lower, std::span<const Node> upper) {
  std::set<Node> line = line_above(graph, lower);
  if (std::any_of(upper.begin(), upper.end(), [&](Node node) { return line.contains(node); })) return line;
  return graph.descendants_of(lower);
}

std::vector<Node> all_newest_first(const RevisionGraph& graph) {
  std::vector<Node> nodes(graph.revisions().size());
  std::iota(nodes.rbegin(), nodes.rend(), Node{0});
  return nodes;
}

}  // namespace

std::vector<Node> resolve_history(const RevisionGraph& graph, std::span<const std::string> rows,
                                  std::string_view range) {
  const TargetRange ends = parse_target_range(range);
  if (!ends.from && !ends.to) return all_newest_first(graph);
  const bool counted = counts_from_lower(ends.to);
  std::vector<Node> upper = counted ? std::vector<Node>() : resolve_upper(graph, rows, ends.to);
  const LowerEnd lower = resolve_lower(graph, rows, ends);
  if (counted) require_one_start(graph, ends, lower.nodes);
  if (counted) upper = count_from_lower(graph, *ends.to, lower.nodes);
  upper = only_on(lower.branch ? &*lower.branch : nullptr, std::move(upper));
  std::set<Node> nodes = graph.ancestors_of(upper);
  for (const Node node : lower.nodes)
    if (!nodes.contains(node)) refuse_range(graph, range, node);
  if (!lower.nodes.empty()) {
    const std::set<Node> allowed = above(graph, lower.nodes, upper);
    std::erase_if(nodes, [&](Node node) { return !allowed.contains(node); });
  }
  return newest_first({nodes.begin(), nodes.end()});
}

std::vector<Node> resolve_shown(const RevisionGraph& graph, std::span<const std::string> rows,
                                std::string_view target) {
  if (target == "current") return require_rows(graph, rows);
  return resolve_fixed(Question{graph, {}, "show"}, parse_target(target));
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

std::vector<Node> missing_heads(const RevisionGraph& graph, std::span<const std::string> rows) {
  const std::set<Node> applied = graph.ancestors_of(require_rows(graph, rows));
  std::vector<Node> heads = graph.effective_heads();
  std::erase_if(heads, [&](Node head) { return applied.contains(head); });
  return heads;
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
