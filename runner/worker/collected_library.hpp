#pragma once

#include "base/file_descriptor.hpp"
#include "plugin/bytes.hpp"
#include "worker/library.hpp"

#include <string>

namespace cairn {

/// A library, and by what to know it again.
struct CollectedLibrary {
  LibraryToLoad load;
  FileIdentity identity;   ///< of the file that was collected
  std::string sha256;      ///< of its bytes, hex, where a lock file pins them
};

/// The file's bytes, read once, checked, and copied where nobody can exchange them before they are loaded.
/// Throws Error (plugin) that begins with the path when they are not those that were collected.
FileDescriptor open_checked_copy(const CollectedLibrary& library);

/// The same check, for a library that is loaded by its path.
void require_checked(const CollectedLibrary& library);

}  // namespace cairn
