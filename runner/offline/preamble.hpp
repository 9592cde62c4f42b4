#pragma once

#include "graph/plan.hpp"
#include "state/tables.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cairn {

/// What a script requires of the database before it changes anything.
struct ScriptGuard {
  StateTables tables;
  std::int64_t lock_key = 0;                  ///< of the runner lock
  std::vector<std::string> rows;              ///< the version rows it was written for, sorted
  bool refuses_unfinished = true;             ///< false for a stamp, which is the way out of that
  std::uint32_t min_server_version = 0;       ///< of its revisions, as server_version_num
  std::string command;                        ///< "upgrade": for hints
};

/// How psql has to behave, whatever started it.
std::string psql_settings_text();

/// What Cairn sets when it connects, where psql can set it; the clean-up behind each step ends it.
std::string session_text();

/// Takes the runner lock and raises unless all that the guard requires is so. Changes nothing.
std::string guard_text(const ScriptGuard& guard);

/// Makes the state tables where they are missing.
std::string tables_text(const StateTables& tables);

/// Gives an older journal what it lacks.
std::string renewal_text(const StateTables& tables);

/// Gives the runner lock back.
std::string release_text(const ScriptGuard& guard);

}  // namespace cairn
