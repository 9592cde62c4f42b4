#include "graph/schema_heads.hpp"

namespace cairn {

std::vector<Node> schema_heads(const RevisionGraph& graph) {
  // Nodes stand in topological order: children come behind their parents.
  std::vector<bool> under_schema(graph.revisions().size(), false);
  std::vector<Node> heads;
  for (Node node = graph.revisions().size(); node-- > 0;) {
    const bool seed = graph.revision(node).seed;
    if (!seed && !under_schema[node]) heads.insert(heads.begin(), node);
    for (const Node parent : graph.parents(node)) under_schema[parent] = under_schema[parent] || under_schema[node] || !seed;
  }
  return heads;
}

}  // namespace cairn
