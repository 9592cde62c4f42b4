#pragma once

#include "base/file_descriptor.hpp"

#include <chrono>
#include <filesystem>

namespace cairn {

/// A lock between processes, gone when its holder is. The file stays: deleting it would let two holders in.
class FileLock {
 public:
  /// Waits until the deadline, then throws Error (lock) naming what is being waited for.
  static FileLock acquire(const std::filesystem::path& file, std::chrono::milliseconds patience, const char* purpose);

 private:
  explicit FileLock(FileDescriptor descriptor) : descriptor_(std::move(descriptor)) {}
  FileDescriptor descriptor_;
};

}  // namespace cairn
