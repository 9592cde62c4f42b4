#pragma once

#include "base/file_descriptor.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// The bytes as a file without a name that nobody can change any more and that can be loaded as a library through
/// /proc/self/fd: in sealed memory, else on disk. `name` is what tools such as gdb and /proc/<pid>/maps show.
/// Throws Error (configuration) when neither lets code be run.
FileDescriptor make_sealed_copy(const std::string& name, std::string_view bytes);

/// In memory; none where the system does not let memory files be run.
FileDescriptor make_copy_in_memory(const std::string& name, std::string_view bytes);

/// In the first of the folders whose file system lets its files be run, removed there at once; none where none does.
FileDescriptor make_copy_on_disk(std::string_view bytes, std::span<const std::filesystem::path> folders);

}  // namespace cairn
