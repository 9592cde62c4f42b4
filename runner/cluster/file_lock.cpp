#include "cluster/file_lock.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>

namespace cairn {

FileLock FileLock::acquire(const std::filesystem::path& file, std::chrono::milliseconds patience, const char* purpose) {
  FileDescriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!descriptor)
    throw Error(Category::configuration,
                fmt::format("cannot open {}: {}", file.string(), std::generic_category().message(errno)));
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      throw Error(Category::configuration,
                  fmt::format("cannot lock {}: {}", file.string(), std::generic_category().message(errno)));
    if (std::chrono::steady_clock::now() > deadline)
      throw Error(Category::lock, fmt::format("another process is still busy {}", purpose))
          .detail(fmt::format("It holds the lock on {}.", file.string()))
          .hint("Wait for it or end it, then repeat the command.");
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
  }
  return FileLock(std::move(descriptor));
}

}  // namespace cairn
