#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// A commit that changed one of the files.
struct GitVersion {
  std::string commit;   ///< abbreviated
  std::string date;     ///< 2025-11-30
};

/// What git knows of the files of a folder. Nothing is written, and no program but git is run; each question is given up after
/// some seconds.
class GitHistory {
 public:
  explicit GitHistory(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The commits that changed one of the files, newest first, not more than that. None as well when this is no repository,
  /// or git is not there.
  std::vector<GitVersion> read_versions(const std::vector<std::filesystem::path>& files, std::size_t most) const;

  /// A file as it was then; nothing when there was none.
  std::optional<std::string> read_file(const GitVersion& version, const std::filesystem::path& file) const;

  /// What changed in the files from then to now, as a unified diff.
  std::optional<std::string> read_changes(const GitVersion& version, const std::vector<std::filesystem::path>& files) const;

 private:
  std::optional<std::string> run(const std::vector<std::string>& words, const std::vector<std::filesystem::path>& files) const;

  std::filesystem::path folder_;
};

}  // namespace cairn
