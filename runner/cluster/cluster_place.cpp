#include "cluster/cluster_place.hpp"

#include "base/digest.hpp"
#include "base/error.hpp"
#include "cluster/file_rights.hpp"
#include "cluster/private_directory.hpp"

#include <fmt/core.h>

#include <sys/stat.h>
#include <unistd.h>

namespace cairn {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t hash_digits = 12;

fs::path existing_project(const fs::path& project) {
  std::error_code error;
  fs::path canonical = fs::canonical(project, error);
  if (error)
    throw Error(Category::configuration,
                fmt::format("cannot find the project directory {}: {}", project.string(), error.message()));
  return canonical;
}

bool holds_data(const fs::path& base) {
  struct stat status{};
  return ::stat((base / "data").c_str(), &status) == 0;
}

/// Found before reading fails for a less helpful reason: the base can be seen, but not entered. A base of root's is
/// one that root is about to give away: make_cluster_place() does.
void require_own(const fs::path& base, const ServerUser& user) {
  struct stat status{};
  if (::lstat(base.c_str(), &status) != 0 || status.st_uid == user.uid) return;
  if (status.st_uid == 0 && ::geteuid() == 0) return;
  const auto owner = find_user(status.st_uid);
  throw Error(Category::configuration, fmt::format("the local server of this project belongs to user \"{}\"",
                                                   owner ? owner->name : std::to_string(status.st_uid)))
      .detail(fmt::format("Its files are in {}; this command would use it as \"{}\".", base.string(), user.name))
      .hint("Run the command as that user or, where root started the server, with sudo; or name another database "
            "with --database.");
}

/// True for root acting for an account of the system rather than for a person.
bool is_system_server(const ServerUser& user) {
  return ::geteuid() == 0 && user.uid == choose_server_user().uid;
}

fs::path choose_base(const fs::path& project, const fs::path& away, const ServerUser& user) {
  const fs::path within = project / ".cairn" / "pg";
  if (::geteuid() != 0) return within;
  if (holds_data(within) && can_enter(within, user)) return within;
  if (holds_data(away)) return away;
  std::error_code unreadable;
  return can_enter(fs::exists(project / ".cairn", unreadable) ? project / ".cairn" : project, user) ? within : away;
}

/// In somebody's clone it is made with that person's rights, so that "sudo" leaves nothing of root's there.
void make_parent(const ClusterPlace& place) {
  const fs::path parent = place.base.parent_path();
  if (parent != place.project / ".cairn" || is_system_server(place.user)) return make_shared_directory(parent);
  const FileRights identity(place.user);
  make_shared_directory(parent);
}

}  // namespace

ClusterPlace find_cluster_place(const fs::path& project, const MachineRoots& roots) {
  ClusterPlace place;
  place.project = existing_project(project);
  place.user = choose_server_user(place.project);
  const std::string hash = hex(sha256(place.project.string())).substr(0, hash_digits);
  place.base = choose_base(place.project, roots.state / hash, place.user);
  place.socket_directory = is_system_server(place.user)
                               ? roots.runtime / hash
                               : roots.temporary / fmt::format("cairn-{}-{}", place.user.uid, hash);
  require_own(place.base, place.user);
  return place;
}

void make_cluster_place(const ClusterPlace& place) {
  make_parent(place);
  make_private_directory(place.base, place.user);
  make_shared_directory(place.socket_directory.parent_path());
  make_private_directory(place.socket_directory, place.user);
}

}  // namespace cairn
