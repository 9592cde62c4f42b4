#pragma once

#include "graph/revision_graph.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// Which revisions are to travel together.
struct SelectionRequest {
  std::optional<std::vector<std::string>> seeds;   ///< exactly these; nothing: every seed
  std::optional<std::string> target;               ///< what this needs; nothing: everything
};

/// The revisions that are chosen, in the order of the graph. A seed is named by its id or the beginning of it, by its
/// file, with or without id and "seed_", or by a label, which means every seed of that branch. Throws TargetError for a
/// target that is none; one Error (graph) with every name that is no seed; one with every chosen revision that needs
/// one which is left out.
std::vector<Node> select_revisions(const RevisionGraph& graph, const SelectionRequest& request);

/// The names that seeds are listed by for people: the label, else the name of the file, else the id; sorted.
std::vector<std::string> seed_names(const RevisionGraph& graph);

}  // namespace cairn
