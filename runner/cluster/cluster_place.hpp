#pragma once

#include "cluster/server_user.hpp"

#include <filesystem>

namespace cairn {

/// Directories of this machine; tests name others.
struct MachineRoots {
  std::filesystem::path state = "/var/lib/cairn";
  std::filesystem::path runtime = "/run/cairn";
  std::filesystem::path temporary = "/tmp";
};

/// Where a project's kept server lives and as whom it runs.
struct ClusterPlace {
  std::filesystem::path project;            ///< absolute, without links
  std::filesystem::path base;               ///< the server's user's own: everything below is made with its rights
  std::filesystem::path socket_directory;   ///< short, whatever the project's path; used at the next start
  ServerUser user;

  std::filesystem::path data() const { return base / "data"; }
  std::filesystem::path log() const { return base / "log"; }
  std::filesystem::path lock() const { return base / "lock"; }
};

/// Decides, creating nothing. The base is <project>/.cairn/pg or, where the server's user cannot get there,
/// <state>/<first 12 hex digits of sha256(project)>; existing data stays where it is, whatever has become
/// reachable since. Throws Error (configuration) when the data belongs to another user than this process may
/// act for, or the project does not exist.
ClusterPlace find_cluster_place(const std::filesystem::path& project, const MachineRoots& roots);

/// Creates base and socket directory. Throws Error (configuration).
void make_cluster_place(const ClusterPlace& place);

}  // namespace cairn
