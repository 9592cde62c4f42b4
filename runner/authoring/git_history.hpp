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

/// What is otherwise now than in a commit. Paths are absolute.
struct GitChanges {
  std::vector<std::filesystem::path> changed;   ///< were there then: edited since, or gone
  std::vector<std::filesystem::path> added;     ///< were not, whether git knows them by now or not
};

/// True when git can be run.
bool has_git();

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

  /// The top folder of the work tree that the folder is in, if it is in one.
  std::optional<std::filesystem::path> find_top() const;

  /// The commit that a name or the beginning of an id means; nothing when there is none.
  std::optional<std::string> find_commit(const std::string& name) const;

  /// The newest commit that both this one and the work tree have below them; nothing when git knows of none, as when not all of
  /// the history was fetched.
  std::optional<std::string> find_common(const std::string& commit) const;

  /// What is otherwise in the folder than in the commit, ignored files left out. Nothing when git does not tell.
  std::optional<GitChanges> read_changes_since(const std::string& commit) const;

 private:
  std::optional<std::string> run(const std::vector<std::string>& words, const std::vector<std::filesystem::path>& files) const;

  std::filesystem::path folder_;
};

}  // namespace cairn
