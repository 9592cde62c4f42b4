#pragma once

#include "graph/revision_graph.hpp"

#include <span>
#include <string>
#include <vector>

namespace cairn {

/// What is done with rows that no target speaks of.
enum class StampMode {
  keep_others,   ///< each target replaces the rows of its own lineage and touches no other
  purge          ///< all rows go first, also such as are no revision of the graph
};

/// The version rows to be written without running anything.
struct Stamp {
  std::vector<std::string> rows_before;  ///< as the database has them, sorted
  std::vector<std::string> rows_after;   ///< sorted

  bool empty() const { return rows_before == rows_after; }
};

/// Targets are taken one after the other; "base" alone deletes all rows and adds nothing to other targets,
/// "LABEL@base" deletes the rows of the label's lineage. Counts ("-N", from the heads) are taken only with purge:
/// otherwise they could be meant to start at the current rows.
/// Throws TargetError, or Error (category history) for unknown rows that are not to be purged.
Stamp plan_stamp(const RevisionGraph& graph, std::span<const std::string> rows, std::span<const std::string> targets,
                 StampMode mode = StampMode::keep_others);

}  // namespace cairn
