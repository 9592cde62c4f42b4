#include "authoring/git_history.hpp"

#include "authoring/program_output.hpp"
#include "authoring/text_file.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds patience{10};

std::string relative_name(const fs::path& file, const fs::path& folder) { return file.lexically_relative(folder).generic_string(); }

std::optional<std::string> first_line(std::optional<std::string> answer) {
  if (!answer) return std::nullopt;
  answer->erase(std::min(answer->find('\n'), answer->size()));
  return answer;
}

}  // namespace

bool has_git() { return read_program_output({"git", "--version"}, patience).has_value(); }

std::optional<std::string> GitHistory::run(const std::vector<std::string>& words, const std::vector<fs::path>& files) const {
  // The repository's own configuration may name programs to run.
  std::vector<std::string> command{"git", "-C", folder_.string(), "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"};
  command.insert(command.end(), words.begin(), words.end());
  if (!files.empty()) command.emplace_back("--");
  for (const fs::path& file : files) command.push_back(":(literal)" + relative_name(file, folder_));
  return read_program_output(command, patience, most_text);
}

std::vector<GitVersion> GitHistory::read_versions(const std::vector<fs::path>& files, std::size_t most) const {
  const auto answer = run({"log", "-n", std::to_string(most), "--format=%h %cs", "--no-color", "--no-show-signature"}, files);
  std::vector<GitVersion> versions;
  for (const std::string& line : split(answer.value_or(""), '\n'))
    if (const std::size_t blank = line.find(' '); blank != line.npos) versions.push_back({line.substr(0, blank), line.substr(blank + 1)});
  return versions;
}

std::optional<std::string> GitHistory::read_file(const GitVersion& version, const fs::path& file) const {
  return run({"cat-file", "blob", version.commit + ":./" + relative_name(file, folder_)}, {});
}

std::optional<std::string> GitHistory::read_changes(const GitVersion& version, const std::vector<fs::path>& files) const {
  return run({"diff", "--no-color", "--no-ext-diff", "--no-textconv", version.commit}, files);
}

std::optional<fs::path> GitHistory::find_top() const {
  const auto inside = first_line(run({"rev-parse", "--is-inside-work-tree"}, {}));
  const auto up = first_line(run({"rev-parse", "--show-cdup"}, {}));
  if (inside != "true" || !up) return std::nullopt;
  const fs::path top = (folder_ / *up).lexically_normal();
  return top.has_filename() ? top : top.parent_path();
}

std::optional<std::string> GitHistory::find_commit(const std::string& name) const {
  if (name.empty() || name.starts_with('-')) return std::nullopt;   // it would be an option
  return first_line(run({"rev-parse", "--verify", "--quiet", name + "^{commit}"}, {}));
}

std::optional<std::string> GitHistory::find_common(const std::string& commit) const {
  return first_line(run({"merge-base", commit, "HEAD"}, {}));
}

std::optional<GitChanges> GitHistory::read_changes_since(const std::string& commit) const {
  const auto top = find_top();
  const auto known = run({"-c", "diff.relative=false", "diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", commit}, {folder_});
  const auto untracked = run({"ls-files", "-z", "--others", "--exclude-standard", "--full-name"}, {folder_});
  if (!top || !known || !untracked) return std::nullopt;
  GitChanges changes;
  const std::vector<std::string> words = split(*known, '\0');   // a letter and a path, by turns
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) (words[i] == "A" ? changes.added : changes.changed).push_back(*top / words[i + 1]);
  for (const std::string& path : split(*untracked, '\0')) changes.added.push_back(*top / path);
  return changes;
}

}  // namespace cairn
