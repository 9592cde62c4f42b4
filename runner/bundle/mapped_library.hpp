#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cairn {

/// A shared library that this process runs with.
struct MappedLibrary {
  std::string name;             ///< as programs ask for it: libpq.so.5
  std::filesystem::path file;
};

/// All of them, as the loader found them: where a library lies is its business, and so nothing is searched for again.
std::vector<MappedLibrary> read_mapped_libraries();

}  // namespace cairn
