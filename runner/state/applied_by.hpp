#pragma once

#include "seam/sql_channel.hpp"
#include "state/tables.hpp"

#include <span>
#include <string>
#include <vector>

namespace cairn {

/// What the journal tells of how a revision came to be applied, the last time.
struct AppliedBy {
  std::string revision;
  std::string direction;     ///< "up", or "stamp" where nothing was run
  std::string finished_at;
  std::string client;        ///< user@host:pid
  std::string runner;        ///< "cairn 0.1.0"
};

/// One SELECT that asks for these revisions. The journal must be there.
std::string applied_by_sql(const StateTables& tables, std::span<const std::string> revisions);

/// The revisions that the journal knows; `result` is the answer.
std::vector<AppliedBy> parse_applied_by(const Result& result);

}  // namespace cairn
