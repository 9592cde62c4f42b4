#pragma once

#include "authoring/new_files.hpp"
#include "bundle/mapped_library.hpp"

#include <span>
#include <string>
#include <vector>

namespace cairn {

/// True for what every system brings along that a bundle is made for: the parts of glibc, libstdc++ and libgcc_s.
bool is_base_library(const std::string& name);

/// The libraries that these programs and libraries need, and those that they need in turn, sorted and without those of
/// the base system: in the folder, each under the name that it is asked for by. Throws Error (plugin) naming every file
/// that needs a library which this process does not run with.
std::vector<NewFile> read_needed_libraries(std::span<const NewFile> files, std::span<const MappedLibrary> mapped,
                                           const std::string& folder);

}  // namespace cairn
