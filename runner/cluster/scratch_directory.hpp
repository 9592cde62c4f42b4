#pragma once

#include "base/file_descriptor.hpp"
#include "cluster/server_user.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace cairn {

/// A directory for one throw-away server. Whoever holds the lock uses it; a directory that nobody has locked is
/// a left-over of processes that were killed.
struct ScratchDirectory {
  std::filesystem::path path;
  FileDescriptor lock;
};

/// Memory (/dev/shm) first, then the temporary directories; all short enough for a socket path.
std::vector<std::filesystem::path> scratch_roots();

/// In the first root that can be written and has room, made and owned by the user, locked by this process.
/// Throws Error (configuration) naming what was wrong with each root.
ScratchDirectory make_scratch_directory(const std::vector<std::filesystem::path>& roots, const ServerUser& user);

/// Ends the servers of the user's left-over directories and removes these; how many. Never fails: what cannot be
/// removed now is left for the next time.
std::size_t sweep_scratch_directories(const std::vector<std::filesystem::path>& roots, const ServerUser& user) noexcept;

}  // namespace cairn
