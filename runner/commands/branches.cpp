#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "graph/history.hpp"
#include "report/revision_report.hpp"

namespace cairn {

Answer branches(const Invocation& invocation) {
  const Collected found = collect(invocation.settings);
  RevisionList list{.lines = {}, .detail = invocation.format.verbose ? Detail::full : Detail::parents, .children = true,
                    .empty = "The history has no branch points."};
  for (const BranchPoint& point : branches_of(found.graph)) list.lines.push_back(make_line(found.graph, point.node));
  return Answer(render(invocation.command, list, invocation.format));
}

}  // namespace cairn
