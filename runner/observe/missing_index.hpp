#pragma once

#include "observe/effect.hpp"
#include "observe/scene.hpp"

#include <vector>

namespace cairn {

/// The foreign keys that have no index on their columns now, and that were not there, or had one, at first.
std::vector<SeenConstraint> find_new_without_index(const Scene& first, const Scene& now);

}  // namespace cairn
