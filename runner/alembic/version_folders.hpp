#pragma once

#include <filesystem>
#include <vector>

namespace cairn {

enum class Recursion { none, all };

/// Where a project keeps its revision files.
struct VersionFolders {
  std::vector<std::filesystem::path> folders;
  Recursion recursion = Recursion::none;
};

/// Looks at what the place is: a folder with alembic.ini, an .ini file, a script folder, or a folder of revision
/// files. Throws Error (configuration) naming the line of the .ini file, or the folder that is not there.
VersionFolders find_version_folders(const std::filesystem::path& place);

}  // namespace cairn
