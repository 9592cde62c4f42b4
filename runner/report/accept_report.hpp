#pragma once

#include "graph/revision.hpp"
#include "report/format.hpp"

#include <string>
#include <vector>

namespace cairn {

/// A revision whose edit a person lets stand.
struct AcceptedRevision {
  const Revision* revision = nullptr;
  std::string digest_before;   ///< what the journal held
  std::string digest;          ///< what it holds now
};

/// What accept has to say.
struct AcceptReport {
  std::string database;        ///< redacted
  bool dry = false;            ///< nothing was written
  std::vector<AcceptedRevision> accepted;
  std::vector<const Revision*> unchanged;   ///< asked for, and as they were applied
  std::vector<const Revision*> unknown;     ///< asked for, and the journal does not say how they were applied
};

std::string render(const AcceptReport& report, const Format& format);

}  // namespace cairn
