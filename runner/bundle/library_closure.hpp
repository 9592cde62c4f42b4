#pragma once

#include "bundle/mapped_library.hpp"

#include <span>
#include <string>
#include <vector>

namespace cairn {

/// A program or library whose needs are asked for.
struct LoadedFile {
  std::string name;    ///< for messages
  std::string bytes;
};

/// True for what every system brings along that a bundle is made for: the parts of glibc, libstdc++ and libgcc_s.
bool is_base_library(const std::string& name);

/// The libraries that these files need, and those that they need in turn, sorted by name and without those of the base
/// system: each with its bytes, under the name that it is asked for by. Throws Error (plugin) naming every file that
/// needs a library which this process does not run with.
std::vector<LoadedFile> read_needed_libraries(std::span<const LoadedFile> files, std::span<const MappedLibrary> mapped);

}  // namespace cairn
