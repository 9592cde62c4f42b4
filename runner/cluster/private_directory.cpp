#include "cluster/private_directory.hpp"

#include "base/error.hpp"
#include "base/file_descriptor.hpp"
#include "cluster/file_rights.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cairn {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void throw_cannot(const char* verb, const fs::path& path, int error) {
  throw Error(Category::configuration,
              fmt::format("cannot {} {}: {}", verb, path.string(), std::generic_category().message(error)));
}

int make_as(const fs::path& directory, const ServerUser& user) {
  const FileRights identity(user);
  return ::mkdir(directory.c_str(), 0700) == 0 || errno == EEXIST ? 0 : errno;
}

/// Only below a directory of root's, where nobody can swap the new directory for a link meanwhile.
int make_as_root(const fs::path& directory) {
  struct stat parent{};
  if (::geteuid() != 0 || ::stat(directory.parent_path().c_str(), &parent) != 0 || parent.st_uid != 0) return EACCES;
  return ::mkdir(directory.c_str(), 0700) == 0 || errno == EEXIST ? 0 : errno;
}

}  // namespace

void make_private_directory(const fs::path& directory, const ServerUser& user) {
  int error = make_as(directory, user);
  if (error == EACCES) error = make_as_root(directory);
  if (error != 0) throw_cannot("create", directory, error);

  const FileDescriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat status{};
  if (!opened || ::fstat(opened.get(), &status) != 0) throw_cannot("use", directory, errno);
  const bool given = status.st_uid == 0 && user.uid != 0 && ::fchown(opened.get(), user.uid, user.gid) == 0;
  if (!given && status.st_uid != user.uid)
    throw Error(Category::configuration,
                fmt::format("{} belongs to user id {}, not to \"{}\"", directory.string(), status.st_uid, user.name))
        .hint("Remove it, or run the command as that user.");
  if ((status.st_mode & 077U) != 0 && ::fchmod(opened.get(), 0700) != 0) throw_cannot("protect", directory, errno);
}

void make_shared_directory(const fs::path& directory) {
  struct stat status{};
  if (::stat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return;
  if (directory.has_parent_path() && directory != directory.parent_path())
    make_shared_directory(directory.parent_path());
  if (::mkdir(directory.c_str(), 0755) == 0) {
    ::chmod(directory.c_str(), 0755);   // whatever the umask
  } else if (errno != EEXIST) {
    throw_cannot("create", directory, errno);
  }
}

bool can_enter(const fs::path& directory, const ServerUser& user) {
  const FileRights identity(user);
  const FileDescriptor inside(::open((directory / ".").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  return static_cast<bool>(inside);
}

}  // namespace cairn
