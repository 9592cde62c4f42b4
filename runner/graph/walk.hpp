#pragma once

#include "graph/lookup.hpp"

namespace cairn {

/// How a walk along down_revision ended.
struct Walk {
  Point end;
  long missing = 0;   ///< steps that could not be taken; 0: it went all the way
};

/// From a point towards the heads; at a fork the branch, if given, decides. From the base the first step goes to
/// the base revision. Throws TargetError ambiguous_walk with the choices.
Walk walk_up(const RevisionGraph& graph, Point from, long steps, const Branch* branch);

/// From a revision towards the base; one step below a base revision is the base. Throws TargetError ambiguous_walk.
Walk walk_down(const RevisionGraph& graph, Node from, long steps);

}  // namespace cairn
