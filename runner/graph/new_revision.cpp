#include "graph/new_revision.hpp"

#include "graph/resolve.hpp"
#include "graph/target_error.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

void add_parent(const RevisionGraph& graph, Node node, Splice splice, std::vector<std::string>& ids) {
  const std::string& id = graph.revision(node).id;
  if (std::find(ids.begin(), ids.end(), id) != ids.end())
    throw TargetError(TargetProblem::duplicate_head,
                      Error(Category::graph, fmt::format("revision \"{}\" is named twice as parent", id))
                          .hint("Name each parent once."));
  if (splice == Splice::refuse && !graph.children(node).empty())
    throw TargetError(TargetProblem::not_head,
                      Error(Category::graph, fmt::format("revision \"{}\" is not a head", id))
                          .detail(fmt::format("On it rest:\n{}", describe(graph, graph.children(node))))
                          .hint("Use \"--splice\" to begin a new branch there."));
  ids.push_back(id);
}

void add_dependency(const Question& question, const std::string& text, std::vector<std::string>& names) {
  if (question.graph.find_label(text)) {
    names.push_back(text);
    return;
  }
  const std::vector<Node> nodes = resolve_fixed(question, parse_target(text));
  if (nodes.empty())
    throw TargetError(TargetProblem::unknown,
                      Error(Category::graph, fmt::format("\"{}\" is nothing to depend on", text))
                          .hint("Name a revision or a label."));
  for (const Node node : nodes) names.push_back(question.graph.revision(node).id);
}

}  // namespace

NewLinks resolve_new_links(const RevisionGraph& graph, std::span<const std::string> parents,
                           std::span<const std::string> depends_on, Splice splice, std::string_view command) {
  const Question question{graph, {}, command};
  NewLinks links;
  std::vector<Node> nodes;
  for (const std::string& text : parents)
    for (const Node node : resolve_fixed(question, parse_target(text))) nodes.push_back(node);
  for (const Node node : nodes) add_parent(graph, node, splice, links.down_revisions);
  for (const std::string& text : depends_on) add_dependency(question, text, links.depends_on);
  return links;
}

}  // namespace cairn
