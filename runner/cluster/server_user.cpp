#include "cluster/server_user.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cairn {

namespace {

std::vector<gid_t> read_groups(const char* name, gid_t gid) {
  int count = 64;
  std::vector<gid_t> groups(64);
  while (::getgrouplist(name, gid, groups.data(), &count) < 0 && count < 65536) {
    count = std::max(count, static_cast<int>(groups.size()) * 2);
    groups.resize(static_cast<std::size_t>(count));
  }
  groups.resize(static_cast<std::size_t>(std::clamp(count, 0, static_cast<int>(groups.size()))));
  return groups;
}

template <class Lookup>
std::optional<ServerUser> look_up(Lookup lookup) {
  std::vector<char> buffer(16384);
  passwd entry{};
  passwd* found = nullptr;
  while (lookup(entry, buffer, found) == ERANGE && buffer.size() < (1U << 22U)) buffer.resize(buffer.size() * 2);
  if (found == nullptr) return std::nullopt;
  return ServerUser{found->pw_name, found->pw_uid, found->pw_gid, read_groups(found->pw_name, found->pw_gid)};
}

ServerUser self() {
  if (auto user = find_user(::geteuid())) return *user;
  throw Error(Category::configuration, fmt::format("user id {} has no account on this machine", ::geteuid()))
      .detail("PostgreSQL refuses to run for a user id without a name.")
      .hint("Add the user to /etc/passwd, or name an existing server with --database.");
}

}  // namespace

bool ServerUser::is_self() const { return uid == ::geteuid(); }

std::optional<ServerUser> find_user(uid_t uid) {
  return look_up([uid](passwd& entry, std::vector<char>& buffer, passwd*& found) {
    return ::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
  });
}

std::optional<ServerUser> find_user(const std::string& name) {
  return look_up([&name](passwd& entry, std::vector<char>& buffer, passwd*& found) {
    return ::getpwnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found);
  });
}

ServerUser choose_server_user() {
  if (::geteuid() != 0) return self();
  for (const char* name : {"postgres", "nobody"})
    if (auto user = find_user(std::string(name)); user && user->uid != 0) return *user;
  throw Error(Category::configuration, "there is no user \"postgres\" or \"nobody\" to run a private server as")
      .detail("PostgreSQL refuses to run as root.")
      .hint("Create one with \"useradd --system postgres\", or name an existing server with --database.");
}

ServerUser choose_server_user(const std::filesystem::path& project) {
  if (::geteuid() != 0) return self();
  struct stat status{};
  if (::stat(project.c_str(), &status) == 0 && status.st_uid != 0)
    if (auto owner = find_user(status.st_uid)) return *owner;
  return choose_server_user();
}

int become(const ServerUser& user) noexcept {
  // The C library's wrappers take locks that another thread may have held at the time of the fork.
  if (::syscall(SYS_geteuid) == static_cast<long>(user.uid)) return 0;
  if (::syscall(SYS_setgroups, user.groups.size(), user.groups.data()) != 0) return errno;
  if (::syscall(SYS_setresgid, user.gid, user.gid, user.gid) != 0) return errno;
  if (::syscall(SYS_setresuid, user.uid, user.uid, user.uid) != 0) return errno;
  return 0;
}

}  // namespace cairn
