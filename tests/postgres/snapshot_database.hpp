#pragma once

#include "postgres/connection.hpp"
#include "postgres/snapshot_schema.hpp"
#include "schema/snapshot.hpp"
#include "support/test_database.hpp"

#include <memory>
#include <stdexcept>
#include <string>

namespace cairn::test {

/// The server of snapshot_test, with the roles its schema names.
inline TestServer& snapshot_server() {
  static TestServer& server = []() -> TestServer& {
    forget_postgres_variables();
    static TestServer made({.settings = {{"wal_level", "logical"}, {"max_wal_senders", "1"}}});
    Session(made.conninfo("postgres")).execute(snapshot_roles);
    return made;
  }();
  return server;
}

/// Runs statements; throws std::runtime_error with the server's words.
inline Reply execute(SqlChannel& channel, const std::string& sql) {
  Reply reply = channel.exchange({sql, {}, std::nullopt});
  if (reply.failure) throw std::runtime_error(reply.failure->message + " in: " + sql.substr(0, 100));
  if (reply.lost) throw std::runtime_error("connection lost in: " + sql);
  return reply;
}

/// The first cell of the last result.
inline std::string value(SqlChannel& channel, const std::string& sql) {
  return execute(channel, sql).results.back().rows.at(0).at(0).value_or("NULL");
}

/// An empty database with the runner's own connection to it.
class SnapshotDatabase {
 public:
  SqlChannel& channel() { return *channel_; }
  std::unique_ptr<Connection> open_as(const std::string& user) const {
    return open_connection(parse_database(snapshot_server().url(database_.name(), user)));
  }
  void execute(const std::string& sql) { test::execute(*channel_, sql); }
  Snapshot snapshot(const SnapshotOptions& options = {}) { return read_snapshot(*channel_, options); }
  std::string dump_schema() const { return database_.dump_schema(); }

 private:
  TestDatabase database_{snapshot_server()};
  std::unique_ptr<Connection> channel_ = open_as(superuser);
};

}  // namespace cairn::test
