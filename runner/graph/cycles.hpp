#pragma once

#include <cstddef>
#include <vector>

namespace cairn {

/// Links by index: links[i] are the indexes that i points to.
using Links = std::vector<std::vector<std::size_t>>;

/// Loops of the links, each as its members in the order in which the links lead round it, beginning with
/// its smallest index. Loops found share no member; when there is any loop at all, one is found.
/// A link from an index to itself is ignored.
std::vector<std::vector<std::size_t>> find_cycles(const Links& links);

}  // namespace cairn
