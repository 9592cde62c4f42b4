#include "plugin/collection.hpp"

#include "base/error.hpp"
#include "plugin/trust.hpp"

#include <dirent.h>
#include <elf.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

namespace cairn {

namespace {

namespace fs = std::filesystem;

Error unusable_directory(const std::string& directory, const std::error_code& error) {
  return Error(Category::configuration,
               fmt::format("cannot read the plugin directory {}: {}", directory, error.message()))
      .hint("Check the path, and that your user may read it and everything below it.");
}

/// Only the magic tells, of a file that is not called .so.
bool may_be_library(const std::string& path) {
  if (path.ends_with(".so")) return true;
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

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

struct Entry {
  std::string name;
  unsigned char type;   // DT_UNKNOWN: the file system does not say
};

/// readdir() rather than std::filesystem, whose paths take longer to put together than the files take to read.
std::vector<Entry> read_directory(const std::string& path) {
  const std::unique_ptr<DIR, CloseDirectory> directory(::opendir(path.c_str()));
  if (!directory) throw unusable_directory(path, std::error_code(errno, std::generic_category()));
  std::vector<Entry> entries;
  errno = 0;
  while (const dirent* entry = ::readdir(directory.get()))
    if (entry->d_name[0] != '.') entries.push_back({entry->d_name, entry->d_type});
  if (errno != 0) throw unusable_directory(path, std::error_code(errno, std::generic_category()));
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

enum class EntryKind { directory, linked_directory, file };

EntryKind kind_of(const Entry& entry, const std::string& path) {
  if (entry.type == DT_REG) return EntryKind::file;
  if (entry.type == DT_DIR) return EntryKind::directory;
  struct stat status {};
  const bool directory = ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
  if (!directory) return EntryKind::file;
  return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode) ? EntryKind::linked_directory : EntryKind::directory;
}

class Collector {
 public:
  Collector(const std::optional<TrustedOwners>& owners, Digests digests) : digests_(digests) {
    if (owners) trust_.emplace(*owners);
  }

  void folder(const std::string& path) {
    folder_ = path + (path.ends_with('/') ? "" : "/");
    directory(path);
  }

  Collection take() {
    if (trust_)
      for (const Distrust& problem : trust_->problems()) found_.rejects.push_back({problem.path, problem.reason, problem.detail, problem.hint});
    return std::move(found_);
  }

 private:
  void directory(const std::string& path) {
    const std::vector<Entry> entries = read_directory(path);
    const std::size_t before = found_.plugins.size();
    found_.plugins.reserve(before + entries.size());
    for (const Entry& entry : entries) take(entry, path + (path.ends_with('/') ? "" : "/") + entry.name);
    if (trust_ && found_.plugins.size() > before) trust_->judge_folder(path);
  }

  void take(const Entry& entry, const std::string& path) {
    switch (kind_of(entry, path)) {
      case EntryKind::directory: return directory(path);
      case EntryKind::linked_directory: return;   // it may lead back up; links to files are how mounted configuration arrives
      case EntryKind::file: return file(path);
    }
  }

  void file(const std::string& path) {
    if (!may_be_library(path)) return;
    if (trust_) trust_->judge_file(path);
    attempt(path, [&] {
      PluginFile plugin = read_plugin(FileBytes(path), path, digests_);
      plugin.name = path.substr(folder_.size());
      if (seen_.emplace(plugin.identity.device, plugin.identity.inode).second) add(std::move(plugin));
    });
  }

  /// What is wrong with one path keeps no other from being collected.
  template <class Part>
  void attempt(const std::string& path, const Part& part) {
    try {
      part();
    } catch (const Error& error) {
      found_.rejects.push_back({path, error.message(), error.detail(), error.hint()});
    }
  }

  void add(PluginFile plugin) {
    if (plugin.path.ends_with(".so")) return found_.plugins.push_back(std::move(plugin));
    found_.rejects.push_back({plugin.revision.origin, "a revision plugin whose name does not end in .so", "",
                              "Rename it so that it ends in .so, or move it away."});
  }

  std::optional<PathTrust> trust_;
  Digests digests_;
  std::string folder_;   // with the slash behind it
  Collection found_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen_;
};

}  // namespace

Collection collect_plugins(std::span<const fs::path> directories, const std::optional<TrustedOwners>& owners, Digests digests) {
  Collector collector(owners, digests);
  for (const fs::path& directory : directories) collector.folder(directory.string());
  return collector.take();
}

Collection collect_plugins(std::span<const fs::path> directories) { return collect_plugins(directories, find_trusted_owners()); }

std::vector<Error> to_errors(const std::vector<Reject>& rejects) {
  std::vector<Error> errors;
  errors.reserve(rejects.size());
  for (const Reject& reject : rejects)
    errors.push_back(Error(Category::plugin, fmt::format("{}: {}", reject.path, reject.reason)).detail(reject.detail).hint(reject.hint));
  return errors;
}

}  // namespace cairn
