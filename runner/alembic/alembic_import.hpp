#pragma once

#include "alembic/alembic_project.hpp"
#include "alembic/carried_step.hpp"
#include "authoring/revision_source.hpp"
#include "graph/revision_graph.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cairn {

/// A history of Alembic as one of Cairn's, before anything is written.
struct AlembicImport {
  std::vector<RevisionSource> sources;       ///< parents first
  std::vector<ImportRemark> lost;            ///< what is not in the sources; those steps raise or are irreversible
  std::vector<ImportRemark> remarks;         ///< what a person should look at
  std::optional<std::string> version_table;  ///< as the scripts name it
};

/// The graph of the project's revisions. Throws as RevisionGraph does.
RevisionGraph make_alembic_graph(const AlembicProject& project);

/// Joins files and scripts. A step that cannot be carried over raises when it is run, or makes the revision
/// irreversible; none becomes silently empty. Throws Error (configuration) where two scripts disagree.
AlembicImport make_alembic_import(const AlembicProject& project, const RevisionGraph& graph, std::span<const OfflineScript> scripts);

}  // namespace cairn
