#pragma once

#include "base/error.hpp"
#include "seam/sql_channel.hpp"
#include "state/tables.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// A statement of a non-transactional revision that was started and not seen to end, or that ended the revision half-way.
struct Unfinished {
  std::string revision;
  std::string direction;
  std::size_t statement = 0;
  std::string started_at;
  std::string client;
  bool stopped = false;   ///< it failed, or was not reached, and the run told why
  std::string error;
};

/// What the journal says of a revision's source: of its last upgrade, or of its last acceptance since. A revision whose
/// last entry is a downgrade has none.
struct AppliedSource {
  std::string revision;
  std::string digest;   ///< of what it means; empty: not known
  std::string source;   ///< as the library stated it; empty: not known
  std::string applied_at;
  std::string role;
  std::string client;
  bool accepted = false;
};

/// What the database says of itself.
struct State {
  bool has_version_table = false;
  bool has_journal = false;
  bool journal_is_current = false;       ///< one made by an older program lacks something
  std::vector<std::string> rows;         ///< sorted bytewise
  std::vector<Unfinished> unfinished;
  std::vector<AppliedSource> sources;
};

/// Four statements, rows first, so that a missing table is an answer too and no further trip is needed.
std::string state_sql(const StateTables& tables);

/// The second of them: what was started outside a transaction and not seen to end, oldest first. Its first two columns are
/// revision and direction.
std::string unfinished_sql(const StateTables& tables);

/// Reads the answer to state_sql; `results` are those of its statements that came before a failure.
/// Throws what the server said unless it was "no such table", or of an older journal, which has no sources to tell, "no such
/// column". The text may run in a message with others in front.
State parse_state(std::span<const Result> results, const std::optional<ServerFailure>& failure);

/// Error category unfinished for one of them.
Error make_unfinished_error(const Unfinished& item);

/// What a person can do about a revision that stopped half-way.
std::string way_out_of_unfinished(std::string_view revision);

/// Error category unfinished naming each statement and what to do; returns when there is none.
void require_finished(const State& state);

}  // namespace cairn
