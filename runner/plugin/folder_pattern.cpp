#include "plugin/folder_pattern.hpp"

#include "base/error.hpp"

#include <fmt/core.h>
#include <glob.h>

#include <algorithm>
#include <string>

namespace cairn {

namespace {

namespace fs = std::filesystem;

class Glob {
 public:
  // Unsorted: the order would follow the locale.
  explicit Glob(const std::string& pattern) : result_{} { ::glob(pattern.c_str(), GLOB_NOSORT | GLOB_ONLYDIR, nullptr, &result_); }
  ~Glob() { ::globfree(&result_); }
  Glob(const Glob&) = delete;
  Glob& operator=(const Glob&) = delete;

  /// GLOB_ONLYDIR is but a hint, so files are dropped here.
  std::vector<fs::path> folders() const {
    std::vector<fs::path> found;
    std::error_code ignored;
    for (std::size_t i = 0; i < result_.gl_pathc; ++i)
      if (fs::is_directory(result_.gl_pathv[i], ignored)) found.emplace_back(result_.gl_pathv[i]);
    std::sort(found.begin(), found.end(), [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
    return found;
  }

 private:
  glob_t result_;
};

bool is_pattern(const fs::path& path) {
  std::error_code ignored;
  return path.native().find_first_of("*?[") != std::string::npos && !fs::exists(path, ignored);
}

Error no_match(const fs::path& pattern) {
  return Error(Category::configuration, fmt::format("no folder matches the plugin path {}", pattern.string()))
      .hint("Build or install what it stands for, or correct it in --plugins, CAIRN_PLUGINS or \"plugins\" in cairn.toml.");
}

Error double_star(const fs::path& pattern) {
  return Error(Category::configuration, fmt::format("the plugin path {} holds \"**\", which is not a pattern here", pattern.string()))
      .hint("End the path before it: a folder is searched with all below it. A single * stands for one folder.");
}

}  // namespace

std::vector<fs::path> find_folders(std::span<const fs::path> patterns) {
  std::vector<fs::path> folders;
  std::vector<Error> problems;
  for (const fs::path& pattern : patterns) {
    if (!is_pattern(pattern)) {
      folders.push_back(pattern);
    } else if (pattern.native().find("**") != std::string::npos) {
      problems.push_back(double_star(pattern));
    } else {
      const std::vector<fs::path> found = Glob(pattern.string()).folders();
      if (found.empty()) problems.push_back(no_match(pattern));
      folders.insert(folders.end(), found.begin(), found.end());
    }
  }
  throw_all(std::move(problems));
  return folders;
}

}  // namespace cairn
