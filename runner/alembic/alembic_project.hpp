#pragma once

#include "alembic/revision_file.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cairn {

/// The revisions of an Alembic project, in the order of their files' names.
struct AlembicProject {
  std::vector<std::filesystem::path> folders;    ///< where the revision files were looked for
  std::vector<AlembicRevision> revisions;
  std::vector<std::string> skipped;              ///< Python files there that set no `revision`
};

/// Reads a project from its folder (with alembic.ini), from its .ini file, from its script folder (with versions/) or
/// from a folder of revision files. Throws Error (configuration) with everything that cannot be read, and where nothing
/// is found.
AlembicProject read_alembic_project(const std::filesystem::path& place);

}  // namespace cairn
