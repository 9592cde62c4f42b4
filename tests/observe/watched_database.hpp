#pragma once

#include "observe/watched_channel.hpp"
#include "postgres/connection.hpp"
#include "sql/body.hpp"
#include "support/test_database.hpp"

#include <memory>
#include <string>
#include <vector>

namespace cairn::test {

using Lines = std::vector<std::string>;

/// A message whose text holds these statements between two of Cairn's own texts, marked as the engine does it.
class MarkedMessage {
 public:
  MarkedMessage(const std::string& front, const std::string& sql, const std::string& back);
  MarkedMessage(const MarkedMessage&) = delete;
  MarkedMessage& operator=(const MarkedMessage&) = delete;

  operator const Message&() const { return message_; }
  const std::string& text() const { return message_.text; }

 private:
  Body body_;          // the data of its copies
  Message message_;
};

/// An empty database with the runner's own connection to it, which is watched.
class WatchedDatabase {
 public:
  explicit WatchedDatabase(const DatabaseOptions& options = {});

  WatchedChannel& channel() { return channel_; }
  Connection& connection() { return *connection_; }
  TestDatabase& database() { return database_; }

  /// Without being watched; throws std::runtime_error with the server's words.
  void execute(const std::string& sql);

  /// Runs the statements in one transaction and answers what they did; throws when one fails.
  StepEffects watch(const std::string& sql);
  /// The same, each in a message of its own, outside a transaction.
  StepEffects watch_bare(const std::string& sql);

 private:
  TestDatabase database_;
  std::unique_ptr<Connection> connection_;
  WatchedChannel channel_;
};

/// What the last statement did.
Lines last_of(const StepEffects& effects);
/// The same without locks.
Lines without_locks(const Lines& lines);

}  // namespace cairn::test
