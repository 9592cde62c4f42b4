#pragma once

#include "graph/revision_graph.hpp"

#include <string>
#include <vector>

namespace cairn {

/// One revision in one direction, with the version rows it expects to find and those it leaves.
struct Step {
  const Revision* revision = nullptr;   ///< owned by the graph
  Direction direction = Direction::up;
  std::vector<std::string> rows_before; ///< sorted
  std::vector<std::string> rows_after;  ///< sorted
};

/// What is to be done, as a value: it can be printed, compared and executed.
struct Plan {
  Direction direction = Direction::up;
  std::vector<std::string> rows_before;
  std::vector<std::string> rows_after;
  std::vector<Step> steps;

  bool empty() const { return steps.empty(); }
};

}  // namespace cairn
