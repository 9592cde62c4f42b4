#pragma once

#include "graph/revision_graph.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// Whether a new revision may rest on something that others already rest on, which makes a branch.
enum class Splice { refuse, allow };

/// What the metadata of a new revision is to say.
struct NewLinks {
  std::vector<std::string> down_revisions;  ///< ids, in the order of the targets; empty: a new base
  std::vector<std::string> depends_on;      ///< ids, and labels where a label was given
};

/// Parents from targets such as "head", "heads", "base" or "LABEL@head". The command is what hints
/// tell to type before one of several. Throws TargetError.
NewLinks resolve_new_links(const RevisionGraph& graph, std::span<const std::string> parents,
                           std::span<const std::string> depends_on, Splice splice,
                           std::string_view command = "revision --head");

}  // namespace cairn
