#include "graph/walk.hpp"

#include "graph/target_error.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

std::string name_of(const RevisionGraph& graph, Point point) {
  return point ? fmt::format("revision \"{}\"", graph.revision(*point).id) : std::string("the base");
}

[[noreturn]] void refuse_choice(const RevisionGraph& graph, Point at, std::span<const Node> choices,
                                std::string_view way) {
  throw TargetError(TargetProblem::ambiguous_walk,
                    Error(Category::graph, fmt::format("{} ways lead {} from {}", choices.size(), way, name_of(graph, at)))
                        .detail(describe(graph, choices))
                        .hint("Name the revision you mean, or the branch with \"LABEL@\" before the number."));
}

}  // namespace

Walk walk_up(const RevisionGraph& graph, Point from, long steps, const Branch* branch) {
  Point at = from;
  for (long left = steps; left > 0; --left) {
    const auto next = at ? graph.children(*at) : std::span<const Node>();
    const std::vector<Node> choices = only_on(branch, at ? std::vector<Node>(next.begin(), next.end()) : graph.bases());
    if (choices.empty()) return Walk{at, left};
    if (choices.size() > 1) refuse_choice(graph, at, choices, "up");
    at = choices.front();
  }
  return Walk{at, 0};
}

Walk walk_down(const RevisionGraph& graph, Node from, long steps) {
  Point at = from;
  for (long left = steps; left > 0; --left) {
    if (!at) return Walk{at, left};
    const auto parents = graph.parents(*at);
    if (parents.size() > 1) refuse_choice(graph, at, parents, "down");
    at = parents.empty() ? Point() : Point(parents.front());
  }
  return Walk{at, 0};
}

}  // namespace cairn
