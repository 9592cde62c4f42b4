#include "graph/resolve.hpp"

#include "base/text.hpp"
#include "graph/target_error.hpp"
#include "graph/walk.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t most_spelled = 5;   // examples in a hint; the detail lists more

const Branch* pointer_to(const std::optional<Branch>& branch) { return branch ? &*branch : nullptr; }

/// What to type, as a whole command where the target is all that the command takes.
std::string typed(const Question& question, const std::string& target) {
  if (question.command == "history") return fmt::format("\"{}\"", target);
  return fmt::format("\"cairn {} {}\"", question.command, target);
}

[[noreturn]] void refuse_heads(const Question& question, const Target& target, std::span<const Node> heads) {
  std::string spellings;
  for (const Node head : heads.first(std::min(heads.size(), most_spelled)))
    spellings += (spellings.empty() ? "" : ", ") + typed(question, spelling_of_head(question.graph, head));
  const std::string_view command = question.command;
  const bool takes_all = command.starts_with("upgrade") || command == "plan" || command == "stamp" || command == "show";
  const std::string all = fmt::format("{}heads", target.branch ? *target.branch + "@" : "");
  const std::string wanted = fmt::format("\"{}\" means {}", target.text,
                                         target.atom == "heads" ? "all heads where one revision is wanted" : "one head");
  throw TargetError(TargetProblem::multiple_heads,
                    Error(Category::graph, fmt::format("{}, and there are {}", wanted, heads.size()))
                        .detail(describe(question.graph, heads))
                        .hint(takes_all ? fmt::format("For all of them {}; for one of them {}.", typed(question, all), spellings)
                                        : fmt::format("Name one of them: {}.", spellings)));
}

[[noreturn]] void refuse_too_far(const Target& target, long missing, std::string_view end) {
  const long asked = std::labs(*target.offset);
  throw TargetError(TargetProblem::relative_too_far,
                    Error(Category::graph, fmt::format("\"{}\" goes too far: {} after {} of {} revisions", target.text,
                                                       end, asked - missing, asked))
                        .hint("Use a smaller number, or name the revision; \"cairn history\" lists them."));
}

Point head_of(const Question& question, const Target& target, const Branch* branch) {
  const std::vector<Node> heads = only_on(branch, question.graph.heads());
  if (heads.size() > 1) refuse_heads(question, target, heads);
  return heads.empty() ? Point() : Point(heads.front());
}

/// The atom without its offset.
std::vector<Node> resolve_atom(const Question& question, const Target& target, const Branch* branch) {
  const RevisionGraph& graph = question.graph;
  if (target.atom == "base") return {};
  if (target.atom == "heads") return branch != nullptr ? only_on(branch, graph.heads()) : graph.effective_heads();
  if (target.atom == "head") {
    const Point head = head_of(question, target, branch);
    return head ? std::vector<Node>{*head} : std::vector<Node>{};
  }
  return {require_node(graph, target.atom, branch)};
}

Point only_one(const Question& question, const Target& target, const std::vector<Node>& nodes) {
  if (nodes.size() > 1) refuse_heads(question, target, nodes);
  return nodes.empty() ? Point() : Point(nodes.front());
}

/// "-N" where rows do not matter: N below each head of the branch.
std::vector<Node> below_heads(const Question& question, const Target& target, const Branch* branch) {
  const RevisionGraph& graph = question.graph;
  std::set<Node> nodes;
  for (const Node head : only_on(branch, graph.effective_heads())) {
    const Walk walk = walk_down(graph, head, -*target.offset);
    if (walk.missing > 0 || !walk.end)
      refuse_too_far(target, walk.missing, fmt::format("below head \"{}\" the base comes", graph.revision(head).id));
    nodes.insert(*walk.end);
  }
  return {nodes.begin(), nodes.end()};
}

/// Whether the count leads anywhere from this row: not beyond an end, and to no fork.
bool leads_somewhere(const RevisionGraph& graph, Node row, long offset) try {
  const Branch branch{.name = graph.revision(row).id, .node = row, .lineage = graph.lineage_of(row)};
  return (offset > 0 ? walk_up(graph, row, offset, &branch) : walk_down(graph, row, -offset)).missing == 0;
} catch (const TargetError&) {
  return false;
}

/// Only spellings that work: a row at a head has nothing above it.
std::string spellings_of_rows(const Question& question, const Target& target, std::span<const Node> rows) {
  std::vector<std::string> spellings;
  for (const Node row : rows)
    if (spellings.size() < most_spelled && leads_somewhere(question.graph, row, *target.offset))
      spellings.push_back(typed(question, fmt::format("{}@{:+}", question.graph.revision(row).id, *target.offset)));
  return join(spellings, ", ");
}

[[noreturn]] void refuse_rows(const Question& question, const Target& target, std::span<const Node> rows) {
  const std::string spellings = spellings_of_rows(question, target, rows);
  throw TargetError(TargetProblem::ambiguous_rows,
                    Error(Category::graph, fmt::format("\"{}\" counts from the current revision, and there are {}",
                                                       target.text, rows.size()))
                        .detail(describe(question.graph, rows))
                        .hint(spellings.empty() ? "From none of them this is one way: name the revision; \"cairn history\" lists them."
                                                : fmt::format("Say which one: {}.", spellings)));
}

/// Where a count from what is applied starts: at the rows; on a branch, at its rows or else at the tips of what is
/// applied on it.
std::vector<Node> starts_of(const Question& question, const std::optional<Branch>& branch) {
  const std::vector<Node> rows(question.rows.begin(), question.rows.end());
  if (!branch) return rows;
  if (auto on_branch = only_on(&*branch, rows); !on_branch.empty()) return on_branch;
  // No row on the branch: it may be applied all the same, implied by a row of another branch.
  std::set<Node> applied;
  for (const Node node : question.graph.ancestors_of(rows))
    if (branch->contains(node)) applied.insert(node);
  return question.graph.maximal(applied);
}

}  // namespace

void require_direction(const Question& question, const Target& target, Direction direction) {
  const bool up = direction == Direction::up;
  if (up ? *target.offset > 0 : *target.offset < 0) {
    find_branch(question.graph, target);
    return;
  }
  throw TargetError(TargetProblem::wrong_direction,
                    Error(Category::graph, fmt::format("\"{}\" is not a way to {}", target.text, up ? "upgrade" : "downgrade"))
                        .hint(fmt::format("Here a count from what is applied is written \"{}N\", with N from 1.",
                                          up ? '+' : '-')));
}

std::vector<Node> resolve_fixed(const Question& question, const Target& target) {
  const std::optional<Branch> branch = find_branch(question.graph, target);
  if (!target.is_relative()) return resolve_atom(question, target, pointer_to(branch));
  if (target.atom.empty() && *target.offset < 0) return below_heads(question, target, pointer_to(branch));
  throw TargetError(TargetProblem::relative_not_allowed,
                    Error(Category::graph, fmt::format("\"{}\" counts from somewhere, and a fixed revision is wanted here",
                                                       target.text))
                        .hint("Name the revision; \"cairn history\" lists them."));
}

Point resolve_point(const Question& question, const Target& target) {
  return only_one(question, target, resolve_fixed(question, target));
}

Point resolve_above(const Question& question, const Target& target, Overwalk overwalk) {
  const std::optional<Branch> branch = find_branch(question.graph, target);
  const std::vector<Node> starts = starts_of(question, branch);
  if (starts.size() > 1) refuse_rows(question, target, starts);
  const Point start = starts.empty() ? Point() : Point(starts.front());
  const Walk walk = walk_up(question.graph, start, *target.offset, pointer_to(branch));
  if (walk.missing > 0 && overwalk == Overwalk::refuse) refuse_too_far(target, walk.missing, "the head comes");
  return walk.end;
}

Point resolve_beside(const Question& question, const Target& target, Overwalk overwalk) {
  const RevisionGraph& graph = question.graph;
  const std::optional<Branch> branch = find_branch(graph, target);
  // Upwards the branch only tells the way at forks: the start may lie below where the branch begins.
  const bool start_on_branch = *target.offset < 0 || target.atom == "head" || target.atom == "heads";
  const Point start = only_one(question, target, resolve_atom(question, target, start_on_branch ? pointer_to(branch) : nullptr));
  if (*target.offset < 0 && !start)
    throw TargetError(TargetProblem::relative_too_far,
                      Error(Category::graph, fmt::format("\"{}\" goes below the base, and nothing is there", target.text))
                          .hint("Count down from a revision or a head, or up from the base."));
  const Walk walk = *target.offset < 0 ? walk_down(graph, *start, -*target.offset)
                                       : walk_up(graph, start, *target.offset, pointer_to(branch));
  if (walk.missing > 0 && overwalk == Overwalk::refuse)
    refuse_too_far(target, walk.missing, *target.offset < 0 ? "the base comes" : "the head comes");
  return walk.end;
}

std::vector<Node> resolve_upgrade(const Question& question, const Target& target) {
  if (!target.is_relative()) return resolve_fixed(question, target);
  if (target.atom.empty()) require_direction(question, target, Direction::up);
  const Point point = target.atom.empty() ? resolve_above(question, target, Overwalk::refuse)
                                          : resolve_beside(question, target, Overwalk::refuse);
  if (!point && *target.offset < 0) refuse_too_far(target, 0, "the base comes");
  return point ? std::vector<Node>{*point} : std::vector<Node>{};
}

namespace {

/// "-N" and "LABEL@-N". Without a branch, the row itself tells which side of a fork is meant.
DowngradeTarget resolve_below(const Question& question, const Target& target) {
  const std::optional<Branch> branch = find_branch(question.graph, target);
  const std::vector<Node> starts = starts_of(question, branch);
  if (starts.empty())
    throw TargetError(TargetProblem::relative_too_far,
                      Error(Category::graph, fmt::format("\"{}\" counts down from what is applied, and nothing is{}", target.text,
                                                         branch ? fmt::format(" on branch \"{}\"", branch->name) : ""))
                          .hint("There is nothing to undo; \"cairn current\" shows what is applied."));
  if (starts.size() > 1) refuse_rows(question, target, starts);
  const Walk walk = walk_down(question.graph, starts.front(), -*target.offset);
  if (walk.missing > 0) refuse_too_far(target, walk.missing, "the base comes");
  return DowngradeTarget{walk.end, branch ? branch->node : starts.front()};
}

}  // namespace

DowngradeTarget resolve_downgrade(const Question& question, const Target& target) {
  if (target.is_relative() && target.atom.empty()) {
    require_direction(question, target, Direction::down);
    return resolve_below(question, target);
  }
  const Point point = target.is_relative() ? resolve_beside(question, target, Overwalk::refuse)
                                           : resolve_point(question, target);
  const std::optional<Branch> branch = find_branch(question.graph, target);
  return DowngradeTarget{point, branch ? std::optional<Node>(branch->node) : std::nullopt};
}

}  // namespace cairn
