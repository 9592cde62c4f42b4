#pragma once

#include "base/file_descriptor.hpp"

#include <span>
#include <string_view>

#include <sys/types.h>

namespace cairn {

/// As send(), without SIGPIPE and without waiting; with the first of the bytes goes the descriptor, unless it is -1.
ssize_t send_with_descriptor(int socket, std::string_view bytes, int descriptor);

/// As a recv() that waits. A descriptor that comes along is put into `descriptor`, closed on exec; one that this process
/// has no room for is lost.
ssize_t receive_with_descriptor(int socket, std::span<char> room, FileDescriptor& descriptor);

}  // namespace cairn
