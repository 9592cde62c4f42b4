#pragma once

#include "base/error.hpp"
#include "plugin/plugin_file.hpp"
#include "plugin/trusted_owners.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cairn {

/// A file that looked like a plugin and is not a usable one, or a directory whose plugins cannot be trusted.
struct Reject {
  std::string path;
  std::string reason;
  std::string detail;
  std::string hint;
};

/// What lies in the plugin directories. Equal ids in different files are the graph's business.
struct Collection {
  std::vector<PluginFile> plugins;   ///< ordered by directory as given, then by path
  std::vector<Reject> rejects;
};

/// Reads every plugin below the directories, without running any. A file ending in .so is expected to be
/// a plugin. So is any other ELF file: a library that was renamed or versioned would otherwise silently
/// be missing from the history. Everything else, hidden names and linked directories are passed over.
/// Links to files are followed, and the same file found twice is one plugin.
/// Where there are owners, what others could have written is among the rejects: see trust.hpp.
/// Throws an Error (category configuration) naming a directory that is missing or cannot be read.
Collection collect_plugins(std::span<const std::filesystem::path> directories, const std::optional<TrustedOwners>& owners,
                           Digests digests = Digests::none);

/// The same for the owners that are trusted without being named.
Collection collect_plugins(std::span<const std::filesystem::path> directories);

/// An Error (category plugin) for each.
std::vector<Error> to_errors(const std::vector<Reject>& rejects);

}  // namespace cairn
