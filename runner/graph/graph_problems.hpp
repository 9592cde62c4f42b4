#pragma once

#include "base/error.hpp"
#include "graph/revision.hpp"

#include <span>
#include <vector>

namespace cairn {

enum class GraphProblemKind {
  bad_id,
  duplicate_id,
  bad_label,
  duplicate_label,
  missing_revision,
  self_loop,
  dependency_self_loop,
  cycle,             ///< by down_revision alone
  dependency_cycle,  ///< at least one link is a depends_on
};

struct GraphProblem {
  GraphProblemKind kind;
  Error error;  ///< category graph
};

/// Everything that keeps these revisions from being a graph, in a stable order. Empty: they are one.
std::vector<GraphProblem> find_graph_problems(std::span<const Revision> revisions);

}  // namespace cairn
