#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/database.hpp"
#include "graph/consistency.hpp"
#include "graph/history.hpp"
#include "report/revision_report.hpp"

namespace cairn {

Answer current(const Invocation& invocation) {
  const Collected found = collect(invocation.settings);
  OpenDatabase database = open_database(invocation);
  const Reading reading = read_database(database, invocation);
  require_known_rows(found.graph, reading.state.rows);
  RevisionList list{.lines = {}, .detail = invocation.format.verbose ? Detail::full : Detail::id_only, .children = false,
                    .empty = std::string(nothing_applied)};
  for (const Node node : current_nodes(found.graph, reading.state.rows)) {
    list.lines.push_back(make_line(found.graph, node));
    list.lines.back().current = true;
  }
  return Answer(render(invocation.command, list, invocation.format));
}

}  // namespace cairn
