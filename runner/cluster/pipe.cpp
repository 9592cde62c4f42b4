#include "cluster/pipe.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace cairn {

FileDescriptor clear_of_streams(FileDescriptor descriptor) {
  if (!descriptor || descriptor.get() > STDERR_FILENO) return descriptor;
  return FileDescriptor(::fcntl(descriptor.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

Pipe open_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw Error(Category::internal, fmt::format("cannot open a pipe: {}", std::generic_category().message(errno)));
  Pipe pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
  return Pipe{clear_of_streams(std::move(pipe.read)), clear_of_streams(std::move(pipe.write))};
}

void write_all(const FileDescriptor& descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0)
      throw Error(Category::internal, fmt::format("cannot write: {}", std::generic_category().message(errno)));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace cairn
