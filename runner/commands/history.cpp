#include "graph/history.hpp"

#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/edited.hpp"
#include "commands/range.hpp"
#include "report/revision_report.hpp"

#include <algorithm>

namespace cairn {

namespace {

/// Lanes lead from the newest down; upside down they would say the opposite of what "rests on" looks like.
void require_one_order(const Invocation& invocation) {
  if (!invocation.has("graph") || !invocation.has("reverse")) return;
  throw Error(Category::usage, "history --graph draws the newest revision first, and --reverse asks for the oldest")
      .hint("Leave one of them out.");
}

}  // namespace

Answer history(const Invocation& invocation) {
  require_one_order(invocation);
  const Collected found = collect(invocation.settings);
  const State state = invocation.has("indicate-current") ? read_state(invocation, found.graph) : read_state_of_range(invocation, found.graph);
  const std::vector<std::string>& rows = state.rows;
  const std::vector<std::string> edited = ids_of(find_edited(found, state));
  RevisionList list{.lines = {}, .detail = invocation.format.verbose ? Detail::full : Detail::parents, .children = false,
                    .empty = "There are no revisions in " + plugin_folders(invocation.settings) + "."};
  std::vector<Node> nodes = resolve_history(found.graph, rows, invocation.option("rev-range"));
  if (invocation.has("reverse")) std::reverse(nodes.begin(), nodes.end());
  for (const Node node : nodes) {
    list.lines.push_back(make_line(found.graph, node));
    list.lines.back().current = std::find(rows.begin(), rows.end(), found.graph.revision(node).id) != rows.end();
    mark_edited(list.lines.back(), edited);
  }
  if (!invocation.has("graph")) return Answer(render(invocation.command, list, invocation.format));
  return Answer(render_drawing(invocation.command, list, make_drawn_items(found.graph, nodes), invocation.format));
}

}  // namespace cairn
