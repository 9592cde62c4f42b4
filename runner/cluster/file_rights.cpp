#include "cluster/file_rights.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <system_error>

#include <sys/fsuid.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cairn {

namespace {

/// Of this thread only: the C library's setgroups() would change all threads.
int set_thread_groups(const std::vector<gid_t>& groups) {
  return static_cast<int>(::syscall(SYS_setgroups, groups.size(), groups.data()));
}

}  // namespace

FileRights::FileRights(const ServerUser& user) {
  if (user.is_self()) return;
  groups_.resize(static_cast<std::size_t>(::getgroups(0, nullptr)));
  if (::getgroups(static_cast<int>(groups_.size()), groups_.data()) < 0 || set_thread_groups(user.groups) != 0)
    throw Error(Category::configuration, fmt::format("cannot act as user \"{}\": {}", user.name,
                                                     std::generic_category().message(errno)));
  gid_ = static_cast<gid_t>(::setfsgid(user.gid));
  uid_ = static_cast<uid_t>(::setfsuid(user.uid));
  changed_ = true;
}

FileRights::~FileRights() {
  if (!changed_) return;
  ::setfsuid(uid_);
  ::setfsgid(gid_);
  set_thread_groups(groups_);
}

}  // namespace cairn
