#include "graph/history.hpp"

#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/database.hpp"
#include "report/revision_report.hpp"

#include <algorithm>

namespace cairn {

namespace {

/// Only a range that speaks of the database, or -i, needs one.
bool needs_database(const Invocation& invocation) {
  const std::string range = invocation.option("rev-range");
  return invocation.has("indicate-current") || range.find("current") != range.npos;
}

std::vector<std::string> read_rows(const Invocation& invocation) {
  OpenDatabase database = open_database(invocation);
  return read_database(database, invocation).state.rows;
}

}  // namespace

Answer history(const Invocation& invocation) {
  const Collected found = collect(invocation.settings);
  const std::vector<std::string> rows = needs_database(invocation) ? read_rows(invocation) : std::vector<std::string>{};
  RevisionList list{.lines = {}, .detail = invocation.format.verbose ? Detail::full : Detail::parents, .children = false,
                    .empty = "There are no revisions in " + plugin_folders(invocation.settings) + "."};
  for (const Node node : resolve_history(found.graph, rows, invocation.option("rev-range"))) {
    list.lines.push_back(make_line(found.graph, node));
    list.lines.back().current = std::find(rows.begin(), rows.end(), found.graph.revision(node).id) != rows.end();
  }
  return Answer(render(invocation.command, list, invocation.format));
}

}  // namespace cairn
