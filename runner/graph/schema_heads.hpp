#pragma once

#include "graph/revision_graph.hpp"

#include <vector>

namespace cairn {

/// The heads of the schema: revisions that are no seeds and that no other such revision rests on, with seeds in between
/// or not. What rests on a seed could not be applied without it, so a seed is no parent unless somebody says so.
std::vector<Node> schema_heads(const RevisionGraph& graph);

}  // namespace cairn
