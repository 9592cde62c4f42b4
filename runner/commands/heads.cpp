#include "base/text.hpp"
#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "graph/lookup.hpp"
#include "graph/schema_heads.hpp"
#include "report/revision_report.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

/// With who made them and where they are: whoever meets two heads has to talk to somebody.
std::string describe_heads(const RevisionGraph& graph, const std::vector<Node>& heads) {
  std::vector<std::string> lines;
  for (const Node head : heads) {
    const Revision& revision = graph.revision(head);
    const std::string author = revision.author.empty() ? "" : fmt::format(" by {}", printable(revision.author, 80));
    lines.push_back(fmt::format("{}{}, in {}", describe(graph, head), author, revision.origin));
  }
  return join(lines, "\n");
}

/// For tests of a project: is there one way to the newest schema? Branches of seeds are no other way.
std::optional<Error> judge_heads(const RevisionGraph& graph, std::string_view allowed) {
  const std::vector<Node> heads = schema_heads(graph);
  if (allowed == "any" || heads.size() <= 1) return std::nullopt;
  return Error(Category::check, fmt::format("the schema has {} heads", heads.size()))
      .detail(describe_heads(graph, heads))
      .hint("Join them with \"cairn merge\". If they are to stay apart, allow it: \"cairn heads --check any\", or ALLOW_HEADS in "
            "cairn_add_graph_check().");
}

}  // namespace

Answer heads(const Invocation& invocation) {
  const Collected found = collect(invocation.settings);
  if (invocation.has("check")) require_revisions(found, invocation.settings);
  const bool resolve = invocation.has("resolve-dependencies");
  RevisionList list{.lines = {}, .detail = invocation.format.verbose ? Detail::full : Detail::id_only, .children = false,
                    .empty = "There are no revisions in " + plugin_folders(invocation.settings) + "."};
  for (const Node node : resolve ? found.graph.effective_heads() : found.graph.heads())
    list.lines.push_back(make_line(found.graph, node));
  if (invocation.has("check")) list.error = judge_heads(found.graph, invocation.option("check"));
  Answer answer(render(invocation.command, list, invocation.format));
  answer.error = list.error;
  return answer;
}

}  // namespace cairn
