#pragma once

#include "alembic/alembic_import.hpp"
#include "report/format.hpp"

#include <string>
#include <vector>

namespace cairn {

/// What an import wrote, and what it could not take along.
struct ImportReport {
  std::string into;                    ///< the folder, as it was named
  AlembicImport import;
  std::vector<std::string> folders;    ///< of the sources, one for each
  std::vector<std::string> skipped;    ///< files that are no revisions
  std::vector<std::string> settings;   ///< lines that cairn.toml needs; mostly none
};

std::string render(const ImportReport& report, const Format& format);

}  // namespace cairn
