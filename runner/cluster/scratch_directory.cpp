#include "cluster/scratch_directory.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "cluster/file_rights.hpp"
#include "cluster/pipe.hpp"
#include "cluster/postmaster_file.hpp"
#include "cluster/process.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <system_error>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace cairn {

namespace fs = std::filesystem;

namespace {

constexpr const char* prefix = "cairn-scratch-";
constexpr const char* unlocked_prefix = "cairn-making-";   // between being made and being locked
constexpr std::time_t abandoned_after = 3600;
constexpr std::size_t longest_root = 60;                   // a socket path ends at 107 bytes
constexpr unsigned long long least_room = 512ULL << 20U;

std::string reason_of(int error) { return std::generic_category().message(error); }

FileDescriptor lock_directory(const fs::path& directory) {
  FileDescriptor opened =
      clear_of_streams(FileDescriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)));
  if (opened && ::flock(opened.get(), LOCK_EX | LOCK_NB) != 0) opened.close();
  return opened;
}

/// Empty when there is room.
std::string missing_room(const fs::path& root) {
  struct statvfs status{};
  if (::statvfs(root.c_str(), &status) != 0) return reason_of(errno);
  const unsigned long long room = static_cast<unsigned long long>(status.f_bavail) * status.f_frsize;
  return room >= least_room ? std::string() : fmt::format("only {} MB are free", room >> 20U);
}

std::optional<ScratchDirectory> try_root(const fs::path& root, std::string& reason) {
  reason = missing_room(root);
  if (!reason.empty()) return std::nullopt;
  std::string name = (root / (std::string(unlocked_prefix) + "XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) {
    reason = reason_of(errno);
    return std::nullopt;
  }
  const fs::path unlocked = name;
  const fs::path path = root / (prefix + name.substr(name.size() - 6));
  FileDescriptor lock = lock_directory(unlocked);
  if (lock && ::rename(unlocked.c_str(), path.c_str()) == 0) return ScratchDirectory{path, std::move(lock)};
  reason = reason_of(errno);
  ::rmdir(unlocked.c_str());
  return std::nullopt;
}

bool is_abandoned(const fs::directory_entry& entry, const ServerUser& user) {
  const std::string name = entry.path().filename().string();
  struct stat status{};
  if (::lstat(entry.path().c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != user.uid) return false;
  return name.starts_with(prefix) ||
         (name.starts_with(unlocked_prefix) && status.st_mtime < std::time(nullptr) - abandoned_after);
}

/// The caller holds the directory's lock, so that neither runner nor janitor of this server lives.
bool remove_left_over(const fs::path& directory) {
  const auto server = find_postmaster(directory / "data");
  if (server) ::kill(server->process, SIGQUIT);
  if (server && !wait_for_end(server->process, std::chrono::seconds(10))) ::kill(server->process, SIGKILL);
  std::error_code error;
  fs::remove_all(directory, error);
  return !error;
}

std::size_t sweep(const fs::path& root, const ServerUser& user) {
  std::size_t removed = 0;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(root, ignored)) {
    if (!is_abandoned(entry, user)) continue;
    const FileDescriptor lock = lock_directory(entry.path());
    if (lock && remove_left_over(entry.path())) ++removed;
  }
  return removed;
}

}  // namespace

std::vector<fs::path> scratch_roots() {
  std::vector<fs::path> roots{"/dev/shm"};
  const char* named = std::getenv("TMPDIR");
  if (named != nullptr && *named == '/' && std::string_view(named).size() <= longest_root) roots.emplace_back(named);
  for (const char* root : {"/tmp", "/var/tmp"})
    if (std::find(roots.begin(), roots.end(), root) == roots.end()) roots.emplace_back(root);
  return roots;
}

ScratchDirectory make_scratch_directory(const std::vector<fs::path>& roots, const ServerUser& user) {
  const FileRights identity(user);
  std::vector<std::string> reasons;
  for (const fs::path& root : roots) {
    std::string reason;
    if (auto made = try_root(root, reason)) return std::move(*made);
    reasons.push_back(fmt::format("{}: {}", root.string(), reason));
  }
  throw Error(Category::configuration, "there is no place for a throw-away server")
      .detail(fmt::format("User \"{}\" tried {}.", user.name, join(reasons, "; ")))
      .hint("Free some space, or set TMPDIR to a directory that everybody can write.");
}

std::size_t sweep_scratch_directories(const std::vector<fs::path>& roots, const ServerUser& user) noexcept {
  std::size_t removed = 0;
  try {
    const FileRights identity(user);
    for (const fs::path& root : roots) removed += sweep(root, user);
  } catch (const std::exception&) {
    return removed;   // sweeping is a courtesy to the next start, never a reason to fail this one
  }
  return removed;
}

}  // namespace cairn
