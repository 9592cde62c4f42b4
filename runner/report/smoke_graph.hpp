#pragma once

#include "smoke/proof.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cairn {

enum class LinkKind { parent, dependency };

/// A line from a revision to one that rests on it, down the lane.
struct GraphEdge {
  std::size_t from = 0;    ///< rows: places in the list of proofs
  std::size_t to = 0;
  std::size_t lane = 0;
  LinkKind kind = LinkKind::parent;
};

/// Where revisions stand beside a list of them that runs downwards from the base: a row and a lane for each.
struct RevisionLanes {
  std::vector<std::size_t> lane_of;   ///< by row
  std::vector<GraphEdge> edges;
  std::size_t lanes = 0;
};

/// Links to revisions that are not in the list are left out.
RevisionLanes lay_out(std::span<const Proof> proofs);

}  // namespace cairn
