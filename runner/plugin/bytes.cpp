#include "plugin/bytes.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

namespace cairn {

namespace {

void require_inside(std::uint64_t size, std::uint64_t offset, std::uint64_t length) {
  if (offset > size || length > size - offset)
    throw Error(Category::plugin, fmt::format("damaged: {} bytes at offset {} lie outside the file of {} bytes", length,
                                              offset, size));
}

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * 1'000'000'000 + time.tv_nsec; }

/// A directory's or device's own words, since "not a regular file" leaves the reader guessing.
std::string kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

}  // namespace

std::string read_all(const Bytes& bytes) {
  std::string text(bytes.size(), '\0');
  bytes.read(0, text);
  return text;
}

// O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
FileBytes::FileBytes(const std::string& path)
    : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  if (!descriptor_)
    throw Error(Category::plugin, fmt::format("cannot be read: {}", std::strerror(errno)))
        .hint("Check the path, the file's owner and its mode.");
  load_head();
}

void FileBytes::load_head() {
  struct stat status {};
  if (::fstat(descriptor_.get(), &status) != 0)
    throw Error(Category::plugin, fmt::format("cannot be read: {}", std::strerror(errno)));
  if (!S_ISREG(status.st_mode)) throw Error(Category::plugin, kind_of(status.st_mode) + ", not a regular file").hint("Name a plugin file.");
  identity_ = {.device = status.st_dev,
               .inode = status.st_ino,
               .size = static_cast<std::uint64_t>(status.st_size),
               .modified_ns = nanoseconds(status.st_mtim),
               .changed_ns = nanoseconds(status.st_ctim)};
  const std::uint64_t wanted = std::min<std::uint64_t>(identity_.size, head_.size());
  read(0, std::span(head_.data(), wanted));
  head_size_ = wanted;
}

void FileBytes::read(std::uint64_t offset, std::span<char> into) const {
  require_inside(identity_.size, offset, into.size());
  if (offset <= head_size_ && into.size() <= head_size_ - offset) {
    std::copy_n(head_.data() + offset, into.size(), into.data());
    return;
  }
  while (!into.empty()) {
    const ssize_t count = ::pread(descriptor_.get(), into.data(), into.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Error(Category::plugin, fmt::format("cannot be read: {}", std::strerror(errno)));
    if (count == 0) throw Error(Category::plugin, "cannot be read: it became shorter while it was read");
    offset += static_cast<std::uint64_t>(count);
    into = into.subspan(static_cast<std::size_t>(count));
  }
}

void MemoryBytes::read(std::uint64_t offset, std::span<char> into) const {
  require_inside(bytes_.size(), offset, into.size());
  std::copy_n(bytes_.data() + offset, into.size(), into.data());
}

}  // namespace cairn
