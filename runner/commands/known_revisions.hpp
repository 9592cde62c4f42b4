#pragma once

#include "authoring/source_folder.hpp"
#include "config/settings.hpp"
#include "graph/revision_graph.hpp"
#include "plugin/plugin_file.hpp"

#include <string>
#include <vector>

namespace cairn {

/// All revisions that there are, built or not: what a new one may rest on.
struct KnownRevisions {
  RevisionGraph graph;
  std::vector<RevisionFiles> sources;
  std::vector<std::string> notes;        ///< what a person should know about where they come from
};

/// Where revisions are written: for them and for seeds.
std::vector<std::filesystem::path> source_folders(const Settings& settings);

/// True for the library of a source: by the file that it says it was made from, or by its name.
bool was_built_from(const PluginFile& plugin, const RevisionFiles& source, const std::filesystem::path& project);

/// Reads the plugins and the sources. A source says what its revision is, also when its library is older; plugins add
/// those whose sources are elsewhere. Throws every unusable plugin, every source that only a build can make sense of,
/// every library whose source is gone, then every problem of the graph: nothing is guessed.
KnownRevisions find_known_revisions(const Settings& settings);

}  // namespace cairn
