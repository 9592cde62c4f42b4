#include "base/text.hpp"
#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/known_rows.hpp"
#include "graph/consistency.hpp"
#include "graph/history.hpp"
#include "graph/lookup.hpp"
#include "report/revision_report.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

/// For scripts: has everything been applied that these plugins hold?
std::optional<Error> judge_heads(const RevisionGraph& graph, const std::vector<std::string>& rows) {
  const std::vector<Node> missing = missing_heads(graph, rows);
  if (missing.empty()) return std::nullopt;
  const std::size_t applied = graph.ancestors_of(require_rows(graph, rows)).size();
  return Error(Category::check, fmt::format("the database is not at the heads: {} of {} not applied",
                                            graph.revisions().size() - applied, count_of(graph.revisions().size(), "revision")))
      .detail(fmt::format("Heads that are missing:\n{}", describe(graph, missing)))
      .hint("To apply them, type \"cairn upgrade heads\"; \"cairn plan heads\" shows what that does.");
}

}  // namespace

Answer current(const Invocation& invocation) {
  const Collected found = collect(invocation.settings);
  OpenDatabase database = open_database(invocation);
  const Reading reading = read_database(database, invocation);
  require_known_rows(database, invocation, found.graph, reading);
  RevisionList list{.lines = {}, .detail = invocation.format.verbose ? Detail::full : Detail::id_only, .children = false,
                    .empty = std::string(nothing_applied)};
  for (const Node node : current_nodes(found.graph, reading.state.rows)) {
    list.lines.push_back(make_line(found.graph, node));
    list.lines.back().current = true;
  }
  if (invocation.has("check-heads")) list.error = judge_heads(found.graph, reading.state.rows);
  Answer answer(render(invocation.command, list, invocation.format));
  answer.error = list.error;
  return answer;
}

}  // namespace cairn
