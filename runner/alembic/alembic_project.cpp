#include "alembic/alembic_project.hpp"

#include "alembic/version_folders.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_file_bytes = std::size_t{8} << 20;
constexpr std::size_t most_files = 100000;

Error unlisted(const fs::path& folder, const std::error_code& problem) {
  return Error(Category::configuration, fmt::format("the folder {} cannot be read: {}", folder.string(), problem.message()))
      .hint("Check the path, and that your user may read it.");
}

/// What Alembic itself would load: not packages' own files, not an editor's lock files.
bool is_candidate(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.ends_with(".py") && !name.starts_with("__init__") && !name.starts_with(".#");
}

void list_files(const fs::path& folder, Recursion recursion, std::set<fs::path>& files) {
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
    std::error_code ignored;
    if (entry->is_directory(ignored)) {
      if (recursion == Recursion::all && !entry->is_symlink(ignored) && entry->path().filename() != "__pycache__")
        list_files(entry->path(), recursion, files);
    } else if (is_candidate(entry->path()) && files.size() < most_files) {
      files.insert(entry->path());
    }
  }
  if (problem) throw unlisted(folder, problem);
}

/// The same file by two names is one.
std::vector<fs::path> without_twins(const std::set<fs::path>& files) {
  std::set<fs::path> seen;
  std::vector<fs::path> single;
  for (const fs::path& file : files) {
    std::error_code ignored;
    const fs::path real = fs::canonical(file, ignored);
    if (ignored || seen.insert(real).second) single.push_back(file);
  }
  return single;
}

void read_file(const fs::path& file, AlembicProject& project) {
  const InputText input = read_input_text(file, most_file_bytes);
  if (auto revision = parse_revision_file(input)) project.revisions.push_back(std::move(*revision));
  else project.skipped.push_back(file.string());
}

Error nothing_found(const AlembicProject& project) {
  std::vector<std::string> folders;
  for (const fs::path& folder : project.folders) folders.push_back(folder.string());
  return Error(Category::configuration, fmt::format("there is no revision file of Alembic in {}", join(folders, ", ")))
      .hint("Name the folder that holds alembic.ini, or the folder with the revision files.");
}

}  // namespace

AlembicProject read_alembic_project(const fs::path& place) {
  const VersionFolders versions = find_version_folders(place);
  std::set<fs::path> files;
  for (const fs::path& folder : versions.folders) list_files(folder, versions.recursion, files);
  AlembicProject project{versions.folders, {}, {}};
  std::vector<Error> problems;
  for (const fs::path& file : without_twins(files)) {
    try {
      read_file(file, project);
    } catch (const Error& error) {
      problems.push_back(error);
    }
  }
  throw_all(std::move(problems));
  if (project.revisions.empty()) throw nothing_found(project);
  return project;
}

}  // namespace cairn
