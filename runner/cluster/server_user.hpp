#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace cairn {

/// The account a private server runs as. PostgreSQL refuses to run as root.
struct ServerUser {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups;

  /// True when this process already is that user, so that nothing has to be changed.
  bool is_self() const;
};

/// The user of a throw-away server: this process's own or, for root, "postgres" (made by the server's own
/// package), else "nobody". Throws Error (configuration) when root finds neither.
ServerUser choose_server_user();

/// The user of a project's kept server. For root this is the owner of the project directory, however root
/// was obtained: what "sudo" starts in somebody's clone that person can then use, stop and delete without sudo.
/// A project of root's own, or of an owner without an account, gets choose_server_user().
ServerUser choose_server_user(const std::filesystem::path& project);

/// The account of a user id, if it has one.
std::optional<ServerUser> find_user(uid_t uid);
std::optional<ServerUser> find_user(const std::string& name);

/// Turns this process into the user for good; 0 or the error number. Only system calls, so that a child may
/// call it between fork and exec.
int become(const ServerUser& user) noexcept;

}  // namespace cairn
