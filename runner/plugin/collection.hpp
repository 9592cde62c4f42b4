#pragma once

#include "plugin/plugin_file.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cairn {

/// A file that looked like a plugin and is not a usable one, or a directory whose plugins cannot be trusted.
struct Reject {
  std::string path;
  std::string reason;
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
/// Throws an Error (category configuration) naming a directory that is missing or cannot be read.
Collection collect_plugins(std::span<const std::filesystem::path> directories);

/// Throws one Error (category plugin) carrying all rejects; returns when there are none.
void require_no_rejects(const Collection& collection);

}  // namespace cairn
