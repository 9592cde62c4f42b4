#pragma once

#include <string_view>
#include <utility>

namespace cairn {

/// Owns a file descriptor; closes it when it goes.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
      reset();
      number_ = std::exchange(other.number_, -1);
    }
    return *this;
  }
  ~FileDescriptor() { reset(); }

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  void reset() noexcept;

 private:
  int number_ = -1;
};

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

/// The same open file under a number above 2: when a caller closed its standard streams, a new file gets their
/// numbers, and redirecting a child's streams would overwrite it.
FileDescriptor clear_of_streams(FileDescriptor descriptor);

/// A pipe that no program started meanwhile inherits; throws Error (internal) when the process has no descriptors left.
Pipe open_pipe();

/// Writes all of it or throws Error (internal).
void write_all(const FileDescriptor& descriptor, std::string_view bytes);

}  // namespace cairn
