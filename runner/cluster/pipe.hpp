#pragma once

#include "base/file_descriptor.hpp"

#include <string_view>

namespace cairn {

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
