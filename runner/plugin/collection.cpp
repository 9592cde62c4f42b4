#include "plugin/collection.hpp"

#include "base/error.hpp"
#include "plugin/trust.hpp"

#include <elf.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <system_error>
#include <utility>

namespace cairn {

namespace {

namespace fs = std::filesystem;

Error unusable_directory(const fs::path& directory, const std::error_code& error) {
  return Error(Category::configuration,
               fmt::format("cannot read the plugin directory {}: {}", directory.string(), error.message()))
      .hint("Check the path, and that your user may read it and everything below it.");
}

bool may_be_library(const fs::path& path) {
  if (path.extension() == ".so") return true;
  try {
    const FileBytes file(path);
    std::array<char, SELFMAG> magic{};
    if (file.size() < magic.size()) return false;
    file.read(0, magic);
    return std::memcmp(magic.data(), ELFMAG, SELFMAG) == 0;
  } catch (const Error&) {
    return false;
  }
}

class Collector {
 public:
  void directory(const fs::path& directory) {
    const std::size_t before = found_.plugins.size();
    for (const fs::directory_entry& entry : sorted(directory)) {
      std::error_code ignored;
      // A link to a directory may lead back up; links to files are how mounted configuration arrives.
      if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) this->directory(entry.path());
      else if (!entry.is_directory(ignored)) file(entry.path());
    }
    if (found_.plugins.size() > before) attempt(directory, [&] { require_trusted_directory(directory); });
  }

  Collection take() { return std::move(found_); }

 private:
  static std::vector<fs::directory_entry> sorted(const fs::path& directory) {
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
      if (at->path().filename().native().front() != '.') entries.push_back(*at);
    if (error) throw unusable_directory(directory, error);
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.path().native() < b.path().native(); });
    return entries;
  }

  void file(const fs::path& path) {
    if (!may_be_library(path)) return;
    attempt(path, [&] {
      PluginFile plugin = read_plugin(FileBytes(path), path);
      if (seen_.emplace(plugin.identity.device, plugin.identity.inode).second) add(std::move(plugin));
    });
  }

  /// What is wrong with one path keeps no other from being collected.
  template <class Part>
  void attempt(const fs::path& path, const Part& part) {
    try {
      part();
    } catch (const Error& error) {
      found_.rejects.push_back({path.string(), error.message(), error.hint()});
    }
  }

  void add(PluginFile plugin) {
    if (fs::path(plugin.path).extension() == ".so") return found_.plugins.push_back(std::move(plugin));
    found_.rejects.push_back({plugin.revision.origin, "a revision plugin whose name does not end in .so",
                              "Rename it so that it ends in .so, or move it away."});
  }

  Collection found_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen_;
};

}  // namespace

Collection collect_plugins(std::span<const fs::path> directories) {
  Collector collector;
  for (const fs::path& directory : directories) collector.directory(directory);
  return collector.take();
}

void require_no_rejects(const Collection& collection) {
  std::vector<Error> errors;
  errors.reserve(collection.rejects.size());
  for (const Reject& reject : collection.rejects)
    errors.push_back(Error(Category::plugin, fmt::format("{}: {}", reject.path, reject.reason)).hint(reject.hint));
  throw_all(std::move(errors));
}

}  // namespace cairn
