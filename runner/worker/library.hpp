#pragma once

#include "base/file_descriptor.hpp"

#include <cairn/abi.h>

#include <string>

namespace cairn {

/// One library as the collection found it.
struct LibraryToLoad {
  std::string id;             ///< of the revision it holds
  std::string path;           ///< absolute: a bare name would be searched for in the system's directories
  std::string metadata_note;  ///< descriptor of the note as scanned; empty: do not compare
};

/// Loads the library into this process, from the open copy where there is one, else by its path, for good, and answers its checked descriptor; members that the
/// plugin's ABI does not have yet are null. Static constructors of the library run.
/// Throws Error (plugin) that names the path and says what the library lacks or what is wrong with it.
cairn_plugin open_library(const LibraryToLoad& library, FileDescriptor copy = {});

}  // namespace cairn
