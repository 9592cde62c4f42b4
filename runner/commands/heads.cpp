#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "report/revision_report.hpp"

namespace cairn {

Answer heads(const Invocation& invocation) {
  const Collected found = collect(invocation.settings);
  const bool resolve = invocation.has("resolve-dependencies");
  RevisionList list{.lines = {}, .detail = invocation.format.verbose ? Detail::full : Detail::id_only, .children = false,
                    .empty = "There are no revisions in " + plugin_folders(invocation.settings) + "."};
  for (const Node node : resolve ? found.graph.effective_heads() : found.graph.heads())
    list.lines.push_back(make_line(found.graph, node));
  return Answer(render(invocation.command, list, invocation.format));
}

}  // namespace cairn
