#include "graph/plan.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "graph/consistency.hpp"
#include "graph/resolve.hpp"
#include "graph/row_set.hpp"
#include "graph/target.hpp"
#include "graph/target_error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>

namespace cairn {

namespace {

std::vector<std::string> sorted_rows(std::span<const std::string> rows) {
  std::vector<std::string> sorted(rows.begin(), rows.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  return sorted;
}

/// The steps in the order of the nodes given, with the rows around each.
Plan make_plan(const RevisionGraph& graph, std::span<const std::string> rows, const std::set<Node>& applied,
               std::span<const Node> nodes, Direction direction) {
  Plan plan;
  plan.direction = direction;
  plan.rows_before = sorted_rows(rows);
  plan.rows_after = plan.rows_before;
  plan.steps.reserve(nodes.size());
  RowSet row_set(graph, applied);
  for (const Node node : nodes) {
    direction == Direction::up ? row_set.apply(node) : row_set.undo(node);
    std::vector<std::string> after = row_set.ids();
    plan.steps.push_back(Step{&graph.revision(node), direction, std::move(plan.rows_after), after});
    plan.rows_after = std::move(after);
  }
  return plan;
}

std::vector<Node> difference(const std::set<Node>& a, const std::set<Node>& b) {
  std::vector<Node> nodes;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(nodes));
  return nodes;
}

/// The revisions just above the point: undoing these and all that rests on them leads to it.
std::vector<Node> roots_above(const RevisionGraph& graph, const DowngradeTarget& target) {
  const auto children = target.point ? graph.children(*target.point) : std::span<const Node>();
  std::vector<Node> roots = target.point ? std::vector<Node>(children.begin(), children.end()) : graph.bases();
  if (!target.branch || roots.size() < 2) return roots;
  const std::vector<Node> all = roots;
  const std::set<Node> lineage = graph.lineage_of(*target.branch);
  std::erase_if(roots, [&](Node root) { return root > *target.branch || !lineage.contains(root); });
  if (!roots.empty()) return roots;
  throw TargetError(TargetProblem::bad_downgrade_branch,
                    Error(Category::graph,
                          fmt::format("branch \"{}\" does not tell which of {} sides above \"{}\" is to be undone",
                                      graph.revision(*target.branch).id, all.size(),
                                      target.point ? graph.revision(*target.point).id : "base"))
                        .detail(describe(graph, all))
                        .hint("Name a branch above the fork before \"@\", or leave \"LABEL@\" out to undo all of them."));
}

[[noreturn]] void refuse_destination(const RevisionGraph& graph, std::span<const Node> rows,
                                     const std::set<Node>& applied, Node point, std::string_view text) {
  const std::string& id = graph.revision(point).id;
  const std::string current = rows.empty() ? "Nothing is applied." : "Current: " + join(ids_of(graph, rows), ", ") + ".";
  if (!applied.contains(point))
    throw TargetError(TargetProblem::not_applied,
                      Error(Category::graph, fmt::format("cannot downgrade to \"{}\": revision \"{}\" is not applied", text, id))
                          .detail(current)
                          .hint(fmt::format("To get there, type \"cairn upgrade {}\".", id)));
  std::vector<Node> above;
  for (const Node row : rows)
    if (graph.ancestors_of(std::vector<Node>{row}).contains(point)) above.push_back(row);
  throw TargetError(TargetProblem::not_applied,
                    Error(Category::graph, fmt::format("cannot downgrade to \"{}\": nothing above revision \"{}\" is applied", text, id))
                        .detail(fmt::format("It is needed, by depends_on, by:\n{}", describe(graph, above)))
                        .hint(fmt::format("To undo what depends on it, type \"cairn downgrade {}@-1\".",
                                          graph.revision(above.front()).id)));
}

Error irreversible(const RevisionGraph& graph, Node node) {
  const Revision& revision = graph.revision(node);
  return Error(Category::graph, fmt::format("revision {} is irreversible", describe(graph, node)))
      .detail(fmt::format("It has no downgrade{}.", revision.origin.empty() ? "" : "; see " + revision.origin))
      .hint(fmt::format("Downgrade at most to \"{}\", or restore a backup.", revision.id));
}

/// The nodes come newest first, so the first one found is the highest that must stay.
void require_reversible(const RevisionGraph& graph, std::span<const Node> nodes) {
  std::optional<Error> refusal;
  for (const Node node : nodes) {
    if (graph.revision(node).reversible) continue;
    if (refusal) refusal->also(irreversible(graph, node));
    else refusal = irreversible(graph, node);
  }
  if (refusal) throw TargetError(TargetProblem::irreversible, std::move(*refusal));
}

Question ask(const RevisionGraph& graph, std::span<const Node> rows, Direction direction, std::string_view command) {
  if (!command.empty()) return {graph, rows, command};
  return {graph, rows, direction == Direction::up ? "upgrade" : "downgrade"};
}

}  // namespace

void require_target(const RevisionGraph& graph, std::string_view text, Direction direction, std::string_view command) {
  const Target target = parse_target(text);
  const bool up = direction == Direction::up;
  const Question question = ask(graph, {}, direction, command);
  if (target.is_relative() && target.atom.empty()) require_direction(question, target, direction);
  else if (up) resolve_upgrade(question, target);
  else resolve_downgrade(question, target);
}

Plan plan_upgrade(const RevisionGraph& graph, std::span<const std::string> rows, std::string_view target,
                  std::string_view command) {
  require_target(graph, target, Direction::up, command);
  const std::vector<Node> tops = require_rows(graph, rows);
  const std::set<Node> applied = graph.ancestors_of(tops);
  const auto wanted = resolve_upgrade(ask(graph, tops, Direction::up, command), parse_target(target));
  const std::vector<Node> missing = difference(graph.ancestors_of(wanted), applied);
  return make_plan(graph, rows, applied, missing, Direction::up);
}

Plan plan_downgrade(const RevisionGraph& graph, std::span<const std::string> rows, std::string_view target,
                    std::string_view command) {
  require_target(graph, target, Direction::down, command);
  const std::vector<Node> tops = require_rows(graph, rows);
  const std::set<Node> applied = graph.ancestors_of(tops);
  const DowngradeTarget wanted = resolve_downgrade(ask(graph, tops, Direction::down, command), parse_target(target));
  std::vector<Node> doomed;
  const std::set<Node> above = graph.descendants_of(roots_above(graph, wanted));
  std::set_intersection(above.rbegin(), above.rend(), applied.rbegin(), applied.rend(), std::back_inserter(doomed),
                        std::greater<>());
  const bool is_row = wanted.point && std::find(tops.begin(), tops.end(), *wanted.point) != tops.end();
  if (doomed.empty() && wanted.point && !is_row) refuse_destination(graph, tops, applied, *wanted.point, target);
  require_reversible(graph, doomed);
  return make_plan(graph, rows, applied, doomed, Direction::down);
}

}  // namespace cairn
