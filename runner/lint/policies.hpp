#pragma once

#include "graph/revision_graph.hpp"
#include "lint/finding.hpp"
#include "observe/effect.hpp"
#include "schema/difference.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// What a project says of itself, for the policies to hold its revisions against.
struct PolicySettings {
  std::vector<std::string> schemas;   ///< that revisions may make objects in; empty: any
  std::string baseline;               ///< the revision that makes schemas and extensions only; empty: none
  std::string release;                ///< the release being made; empty: not known
};

/// What a revision says of itself: its header, its message, of which `slug` was made, and its phase.
std::vector<Finding> find_metadata_breaches(const Revision& revision, std::string_view slug, const PolicySettings& settings);

/// How the revisions rest on each other.
std::vector<Finding> find_history_breaches(const RevisionGraph& graph, const PolicySettings& settings);

/// What the upgrade of a revision made, and what its statements did.
std::vector<Finding> find_change_breaches(const Revision& revision, const std::vector<Difference>& made, const StepEffects& effects,
                                          const PolicySettings& settings);

}  // namespace cairn
