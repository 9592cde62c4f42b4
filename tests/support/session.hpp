#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

struct pg_conn;

namespace cairn::test {

using Row = std::vector<std::optional<std::string>>;
using Rows = std::vector<Row>;

/// A statement or a connection failed; what() is libpq's text.
struct SessionError : std::runtime_error {
  SessionError(const std::string& text, std::string state) : std::runtime_error(text), sqlstate(std::move(state)) {}
  std::string sqlstate;   ///< empty when there is no server to tell one
};

/// A plain libpq connection of a test's own, sharing no code with the runner.
class Session {
 public:
  /// Throws SessionError.
  explicit Session(const std::string& conninfo);

  /// One or more statements; the rows of the last. Throws SessionError.
  Rows query(const std::string& sql);
  void execute(const std::string& sql) { query(sql); }

  /// The only column of each row; a NULL reads "NULL".
  std::vector<std::string> column(const std::string& sql);
  /// The only cell; throws std::runtime_error unless there is exactly one.
  std::string value(const std::string& sql);

  /// Sends without waiting: for statements that are meant to block. finish() reads the answer.
  void send(const std::string& sql);
  Rows finish();

  int backend_pid() const;
  /// Asks the server to cancel what this session is doing.
  void cancel();

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Close> connection_;
};

/// Asks again until the query's only cell reads as expected; false when the deadline comes first. For state
/// that the server changes in its own time: sessions that end, locks that are waited for.
bool becomes(Session& session, const std::string& sql, const std::string& expected,
             std::chrono::milliseconds deadline = std::chrono::seconds(20));

}  // namespace cairn::test
