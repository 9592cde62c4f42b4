#include "base/text.hpp"
#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/range.hpp"
#include "graph/history.hpp"
#include "report/diagram.hpp"
#include "report/text_report.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

std::vector<DrawnItem> make_items(const RevisionGraph& graph, std::span<const Node> nodes) {
  std::vector<DrawnItem> items = make_drawn_items(graph, nodes);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Revision& revision = graph.revision(nodes[i]);
    items[i].name = revision.id;
    items[i].lines = {revision.labels.empty() ? revision.id : fmt::format("{} ({})", revision.id, join(revision.labels, ", "))};
    if (!revision.message.empty()) items[i].lines.push_back(revision.message);
  }
  return items;
}

}  // namespace

Answer graph(const Invocation& invocation) {
  const Collected found = collect(invocation.settings);
  const std::vector<Node> nodes = resolve_history(found.graph, read_rows_of_range(invocation, found.graph), invocation.option("rev-range"));
  const std::vector<DrawnItem> items = make_items(found.graph, nodes);
  const std::string language = invocation.option("format", "dot");
  return Answer(render(TextReport{.command = "graph", .language = language,
                                  .text = language == "mermaid" ? make_mermaid(items) : make_dot(items)},
                       invocation.format));
}

}  // namespace cairn
