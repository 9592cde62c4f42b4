#pragma once

#include "commands/invocation.hpp"
#include "postgres/connection.hpp"
#include "postgres/facts.hpp"
#include "state/bookkeeping.hpp"
#include "state/state.hpp"

#include <memory>
#include <optional>
#include <string>

namespace cairn {

class EphemeralCluster;

/// The database a command works on. Closing it ends a throw-away server.
struct OpenDatabase {
  std::shared_ptr<EphemeralCluster> cluster;
  Database database;                        ///< as connected to
  std::unique_ptr<Connection> connection;
  std::string name;                         ///< for people: redacted
};

/// Finds out which database is meant, without contacting it. Throws Error (configuration) when none is named.
Database choose_database(const Settings& settings);

/// Starts `local` or `ephemeral` where that is asked for, and connects.
OpenDatabase open_database(const Invocation& invocation);

/// Connects once more to the same database, for a watcher or after a loss.
std::unique_ptr<Connection> connect_again(const OpenDatabase& opened);

StateTables state_tables(const Settings& settings);

struct Reading {
  ServerFacts facts;
  State state;
};

/// Rows, journal and facts in one round trip, without the lock: for commands that only look.
Reading read_database(OpenDatabase& opened, const Invocation& invocation);

/// The same under the runner lock, which is taken first and stays held until the connection closes.
Reading lock_database(OpenDatabase& opened, const Invocation& invocation);

/// Gives the runner lock back at the end of a run. Throws Error (check) when it was given away before.
void unlock_database(OpenDatabase& opened, const Invocation& invocation);

/// Creates version table and journal where they are missing, and gives an older journal what it lacks. Throws Error
/// (configuration) naming what an owner has to do.
void ensure_tables(OpenDatabase& opened, const Invocation& invocation, const Reading& reading);

RunIdentity make_identity();
/// The same with the tag that was given.
RunIdentity make_identity(const Settings& settings);

}  // namespace cairn
