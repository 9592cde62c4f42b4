#include "authoring/source_folder.hpp"

#include "authoring/cpp_metadata_reader.hpp"
#include "authoring/sql_header_reader.hpp"
#include "authoring/text_file.hpp"
#include "base/error.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr int deepest = 8;   // folders below a source folder; an endless tree is none of revisions
constexpr std::string_view sql_ending = ".up.sql";

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem))
    if (!entry->path().filename().string().starts_with('.')) entries.push_back(entry->path());
  if (problem)
    throw Error(Category::configuration, fmt::format("cannot read the folder {}: {}", folder.string(), problem.message()))
        .hint("Check that your user may read it and everything below it.");
  std::sort(entries.begin(), entries.end());
  return entries;
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored) && !fs::is_symlink(path, ignored);
}

class SourceSearch {
 public:
  void folder(const fs::path& folder, int depth) {
    for (const fs::path& entry : sorted_entries(folder)) {
      const std::string name = entry.filename().string();
      if (is_folder(entry) && depth < deepest) this->folder(entry, depth + 1);
      else if (name == "up.sql") add_sql(entry, entry.parent_path().filename().string(), "");
      else if (name.ends_with(sql_ending)) add_flat(entry, name.substr(0, name.size() - sql_ending.size()));
      else if (name.ends_with(".cpp")) add_code(entry);
    }
  }

  std::vector<RevisionFiles> take() { return std::move(found_); }

 private:
  void add_flat(const fs::path& up, const std::string& stem) { add_sql(up, stem, stem + "."); }

  void add_sql(const fs::path& up, const std::string& stem, const std::string& before) {
    std::vector<fs::path> files{up};
    for (const char* kind : {"down.sql", "verify.sql"})
      if (std::error_code ignored; fs::exists(up.parent_path() / (before + kind), ignored))
        files.push_back(up.parent_path() / (before + kind));
    add(read_sql_header(read_text_file(up, most_header)), std::move(files), stem);
  }

  void add_code(const fs::path& file) {
    const std::string stem = file.filename() == "revision.cpp" ? file.parent_path().filename().string() : file.stem().string();
    if (auto metadata = read_cpp_metadata(read_text_file(file, most_text))) add(std::move(*metadata), {file}, stem);
  }

  void add(ReadMetadata metadata, std::vector<fs::path> files, const std::string& stem) {
    metadata.revision.origin = files.front().string();
    found_.push_back({std::move(metadata.revision), std::move(files), stem, std::move(metadata.problem)});
  }

  std::vector<RevisionFiles> found_;
};

}  // namespace

std::vector<RevisionFiles> read_sources(std::span<const fs::path> folders) {
  SourceSearch search;
  for (const fs::path& folder : folders)
    if (std::error_code ignored; fs::exists(folder, ignored)) search.folder(folder, 0);
  return search.take();
}

}  // namespace cairn
