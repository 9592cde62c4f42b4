#include "commands/chosen_revisions.hpp"

#include "commands/changed_since.hpp"
#include "graph/history.hpp"
#include "graph/target.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

constexpr std::string_view git_prefix = "git:";

std::set<std::string, std::less<>> ids_of(const RevisionGraph& graph, const auto& nodes) {
  std::set<std::string, std::less<>> ids;
  for (const Node node : nodes) ids.insert(graph.revision(node).id);
  return ids;
}

void refuse_current(std::string_view end, std::string_view option) {
  if (end != "current") return;
  throw Error(Category::usage, fmt::format("\"current\" means nothing to --{}: no database is asked", option))
      .hint("Name a revision by its id, the beginning of it, or a label.");
}

/// "A..B" as the history's "A:B", which means the same here.
std::string range_of(const std::string& text) {
  const std::size_t dots = text.find("..");
  return dots == text.npos ? text : text.substr(0, dots) + ":" + text.substr(dots + 2);
}

std::vector<Node> nodes_in(const RevisionGraph& graph, const std::string& text) {
  const std::string range = range_of(text);
  if (graph.find(text) || range.find(':') == range.npos) {
    refuse_current(text, "revisions");
    return resolve_shown(graph, {}, text);
  }
  const TargetRange ends = parse_target_range(range);
  refuse_current(ends.from.value_or(""), "revisions");
  refuse_current(ends.to.value_or(""), "revisions");
  return resolve_history(graph, {}, range);
}

std::set<Node> nodes_since(const RevisionGraph& graph, const std::string& text) {
  refuse_current(text, "changed-since");
  const std::set<Node> before = graph.ancestors_of(resolve_shown(graph, {}, text));
  std::set<Node> nodes;
  for (Node node = 0; node < graph.revisions().size(); ++node)
    if (!before.contains(node)) nodes.insert(node);
  return nodes;
}

}  // namespace

Chosen choose_revisions(const Invocation& invocation, const Collected& collected) {
  const RevisionGraph& graph = collected.graph;
  if (invocation.has("revisions") && invocation.has("changed-since"))
    throw Error(Category::usage, "--revisions and --changed-since choose revisions in two ways")
        .hint("Leave one of them out.");
  if (invocation.has("revisions")) return {ids_of(graph, nodes_in(graph, invocation.option("revisions"))), {}, {}};
  const std::string since = invocation.option("changed-since");
  if (since.starts_with(git_prefix)) return find_changed_since(since.substr(git_prefix.size()), invocation.settings, collected);
  if (invocation.has("changed-since")) return {ids_of(graph, nodes_since(graph, since)), {}, {}};
  return {ids_of(graph, nodes_since(graph, "base")), {}, {}};
}

}  // namespace cairn
