#include "authoring/git_history.hpp"

#include "authoring/program_output.hpp"
#include "authoring/text_file.hpp"
#include "base/text.hpp"

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds patience{10};

std::string relative_name(const fs::path& file, const fs::path& folder) { return file.lexically_relative(folder).generic_string(); }

}  // namespace

std::optional<std::string> GitHistory::run(const std::vector<std::string>& words, const std::vector<fs::path>& files) const {
  // The repository's own configuration may name programs to run.
  std::vector<std::string> command{"git", "-C", folder_.string(), "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"};
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

}  // namespace cairn
