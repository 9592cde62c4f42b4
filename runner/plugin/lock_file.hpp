#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cairn {

/// One revision as a lock file pins it.
struct LockedRevision {
  std::string id;
  std::string sha256;          ///< of the plugin file, hex
  std::string source_digest;   ///< hex; empty: the plugin does not say
  std::string file;            ///< below its plugin folder
  std::string path;            ///< of one that was found: the whole path, for messages
};

/// The text of a lock file: a line for each revision, ordered by id, so that it compares and merges well.
std::string make_lock_text(std::span<const LockedRevision> revisions);

/// The revisions of such a text. Throws one Error (plugin) with every line that makes no sense and its place in `file`,
/// or saying that the format is one of a newer Cairn.
std::vector<LockedRevision> parse_lock_text(const std::string& text, const std::filesystem::path& file);

/// The text of a file that is at most as large as a lock file can be. Throws Error (plugin).
std::string read_lock_text(const std::filesystem::path& file);

/// Reads a lock file. Throws Error (plugin) when it is missing, unreadable or damaged.
std::vector<LockedRevision> read_lock_file(const std::filesystem::path& file);

}  // namespace cairn
