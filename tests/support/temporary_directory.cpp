#include "support/temporary_directory.hpp"

#include "support/process.hpp"

#include <ctime>
#include <fcntl.h>
#include <stdexcept>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace cairn::test {

namespace {

namespace fs = std::filesystem;

constexpr const char* prefix = "cairn-test-";
constexpr const char* lock_name = ".lock";

FileDescriptor open_locked(const fs::path& file, int flags) {
  FileDescriptor lock(open(file.c_str(), flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (lock && flock(lock.get(), LOCK_EX | LOCK_NB) != 0) lock.close();
  return lock;
}

bool is_abandoned(const fs::path& directory) {
  struct stat status{};
  if (lstat(directory.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return false;
  if (geteuid() != 0 && status.st_uid != geteuid()) return false;
  if (time(nullptr) - status.st_ctime < 60) return false;
  return static_cast<bool>(open_locked(directory / lock_name, 0));
}

/// Has room, and programs may be run from there.
bool is_usable(const fs::path& directory) {
  struct statvfs status{};
  constexpr std::uint64_t needed = std::uint64_t{1} << 30;
  return access(directory.c_str(), W_OK) == 0 && statvfs(directory.c_str(), &status) == 0 &&
         (status.f_flag & ST_NOEXEC) == 0 && std::uint64_t{status.f_bavail} * status.f_frsize >= needed;
}

}  // namespace

TemporaryDirectory::TemporaryDirectory(const fs::path& parent, const std::optional<Account>& owner) : owner_(getpid()) {
  std::string pattern = (parent / (std::string(prefix) + "XXXXXX")).string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a directory in " + parent.string());
  path_ = pattern;
  lock_ = open_locked(path_ / lock_name, O_CREAT);
  if (owner && chown(path_.c_str(), owner->uid, owner->gid) != 0) {
    throw std::runtime_error("cannot give " + path_.string() + " to " + owner->name);
  }
}

TemporaryDirectory::~TemporaryDirectory() {
  if (getpid() != owner_) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path TemporaryDirectory::default_parent() {
  const std::string chosen = environment_variable("TMPDIR");
  return chosen.empty() ? "/tmp" : chosen;
}

fs::path fast_parent() {
  const bool chosen = !environment_variable("TMPDIR").empty();
  return !chosen && is_usable("/dev/shm") ? fs::path("/dev/shm") : TemporaryDirectory::default_parent();
}

void sweep_temporary_directories(const fs::path& parent) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && is_abandoned(entry.path())) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace cairn::test
