#pragma once

#include "graph/revision_graph.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// One revision in one direction, with the version rows it expects to find and those it leaves.
struct Step {
  const Revision* revision = nullptr;   ///< owned by the graph
  Direction direction = Direction::up;
  std::vector<std::string> rows_before; ///< sorted
  std::vector<std::string> rows_after;  ///< sorted
  std::string digest = {};              ///< of what the revision means, for the journal; not known to a plan
};

/// What is to be done, as a value: it can be printed, compared and executed.
struct Plan {
  Direction direction = Direction::up;
  std::vector<std::string> rows_before;
  std::vector<std::string> rows_after;
  std::vector<Step> steps;

  bool empty() const { return steps.empty(); }
};

// `command`: what hints are to begin with, when it is not "upgrade" or "downgrade": who asked for a plan is not told to
// run something.

/// Throws TargetError when the target cannot be one, as far as that can be told without the version rows: a check
/// to make before the database is contacted.
void require_target(const RevisionGraph& graph, std::string_view target, Direction direction, std::string_view command = {});

/// Everything the target needs and that is not applied, parents first. Nothing to do is an empty plan.
/// `rows` are the version rows as the database has them; rows implied by other rows are accepted, stand in the
/// first step's rows_before, and are gone after it. The graph must outlive the plan.
/// Throws TargetError (category graph), or Error (category history) for rows that are no revision of the graph.
Plan plan_upgrade(const RevisionGraph& graph, std::span<const std::string> rows, std::string_view target,
                  std::string_view command = {});

/// Everything applied that rests on the target, children first; the target itself stays. Throws as plan_upgrade
/// does, and for a target that is not applied, or when a revision on the way is irreversible.
Plan plan_downgrade(const RevisionGraph& graph, std::span<const std::string> rows, std::string_view target,
                    std::string_view command = {});

}  // namespace cairn
