#pragma once

#include "base/file_descriptor.hpp"

#include <sys/types.h>

#include <string>
#include <vector>

namespace cairn {

/// A worker that was just started, and the runner's ends of what connects them.
struct SpawnedWorker {
  pid_t pid = -1;
  FileDescriptor wire;     ///< socket
  FileDescriptor output;   ///< what it writes to stdout and stderr; does not block
};

/// Starts the executable in a process group of its own, so that ^C reaches the runner alone and everything
/// a revision starts can be ended with it. It gets no other descriptor, and of the environment nothing that
/// tells how to reach the database, nor the variables that are named `hidden`. It ends when the thread that called this ends.
/// Throws Error (configuration) when the executable cannot be started.
SpawnedWorker spawn_worker(const std::string& executable, const std::vector<std::string>& hidden);

}  // namespace cairn
