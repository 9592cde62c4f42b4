#pragma once

#include "alembic/input_text.hpp"
#include "graph/revision_graph.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// A line "-- Running upgrade a, b -> c" between two statements of a script.
struct StepMarker {
  std::size_t begin = 0;            ///< of the line
  std::size_t behind = 0;           ///< behind its line end
  Direction direction = Direction::up;
  std::string revision;             ///< the one that is upgraded or downgraded
  std::vector<std::string> parents; ///< as the line names them
};

/// The lines of that form in a stretch of the script that holds no statement.
std::vector<StepMarker> find_step_markers(const InputText& script, std::size_t begin, std::size_t end);

/// Why the line is not one that Alembic writes for these revisions; nothing when it is.
std::optional<std::string> find_marker_problem(const StepMarker& marker, const RevisionGraph& graph);

}  // namespace cairn
