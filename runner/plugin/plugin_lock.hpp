#pragma once

#include "base/error.hpp"
#include "plugin/collection.hpp"
#include "plugin/lock_file.hpp"

#include <span>
#include <string>
#include <vector>

namespace cairn {

/// Of plugins that were collected with their digests. Throws one Error (plugin) with every file that changed meanwhile or
/// has a name that no line can hold.
std::vector<LockedRevision> lock_plugins(std::span<const PluginFile> plugins);

/// What was found against what is pinned: a revision that is missing, that is not pinned, that is another file, that was
/// edited or only rebuilt. An Error (plugin) for each, ordered by id; empty when all is as pinned.
std::vector<Error> find_lock_differences(std::span<const LockedRevision> pinned, std::span<const LockedRevision> found);

/// The same for plugins that were collected with their digests. Reads again only those that differ.
std::vector<Error> find_lock_differences(std::span<const LockedRevision> pinned, std::span<const PluginFile> found);

}  // namespace cairn
