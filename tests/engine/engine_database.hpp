#pragma once

#include "engine/scripted_run.hpp"
#include "support/test_database.hpp"

#include "postgres/connection.hpp"
#include "state/state.hpp"

#include <memory>
#include <string>
#include <vector>

namespace cairn::test {

/// A database with the state tables and the runner's connection to it, which holds the runner lock.
class EngineDatabase {
 public:
  explicit EngineDatabase(const std::string& template_name = "template1");

  /// The runner's connection, and what it is replaced by after a loss. `url` may lead through a proxy or name a role.
  Connection& channel() { return *connection_; }
  void connect(const std::string& url);
  /// As after a loss: connects anew, takes the lock (which proves that the old backend is gone) and reads the state.
  State reconnect();
  State read_state();

  /// Everything below is seen from another session.
  TestDatabase& database() { return database_; }
  void execute(const std::string& sql) { database_.execute(sql); }
  std::string value(const std::string& sql) { return database_.value(sql); }
  std::vector<std::string> rows();      ///< version rows
  std::vector<std::string> effects();   ///< tables of the revisions, by name
  std::vector<std::string> column(const std::string& sql) { return database_.column(sql); }
  bool lock_is_held();
  /// Away with everything a run has left.
  void clear();

 private:
  TestDatabase database_;
  std::unique_ptr<Connection> connection_;
};

/// "" when the database has exactly the effects of the first steps of a chain, as many as its version row says;
/// else what differs. Each revision of the chain makes a table of its own name.
std::string difference_from_rows(EngineDatabase& database, const Plan& plan);

}  // namespace cairn::test
