#pragma once

#include "base/error.hpp"
#include "plugin/lock_file.hpp"
#include "report/format.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// What `lock` wrote or, with --check, compared.
struct LockReport {
  std::string file;
  bool changed = false;                  ///< written, or would be
  std::vector<LockedRevision> revisions;
  std::optional<Error> error;            ///< of --check
};

std::string render(const LockReport& report, const Format& format);

}  // namespace cairn
