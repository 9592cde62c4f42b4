#pragma once

#include "engine/retry.hpp"
#include "engine/script.hpp"
#include "engine/session.hpp"
#include "sql/copy_statement.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// What the code of one transactional revision talks to. It stays deferred (its statements only gathered)
/// until the code asks something; then what came before in the run is sent, a transaction is opened, and the
/// session is live until close().
class StepSession : public Session {
 public:
  /// `send_earlier` sends the steps gathered before this one and answers false when one of them failed:
  /// then this step's code is ended, and that failure is what gets reported.
  StepSession(World& world, const Limits& limits, const Step& step, std::chrono::milliseconds lock_timeout,
              std::function<bool()> send_earlier);

  void execute(std::string sql, Place place) override;
  cairn::Result query(std::string sql, std::vector<Cell> parameters, Place place) override;
  void savepoint(SavepointAction action, Place place) override;
  void begin_copy_in(std::string statement, Place place) override;
  void write_copy(std::string_view data) override;
  std::uint64_t end_copy_in(std::optional<std::string> abort_reason) override;
  void begin_copy_out(std::string statement, Place place) override;
  std::string_view read_copy() override;
  std::uint64_t end_copy_out() override;

  bool live() const { return live_; }
  bool earlier_failed() const { return earlier_failed_; }

  /// What was gathered, when the session never went live.
  std::vector<Piece> take_pieces() { return std::move(pending_); }

  /// Live only: sends the rest, the bookkeeping and COMMIT, and answers the step's duration; nothing when that
  /// failed, which failure() and lost() then tell.
  std::optional<std::chrono::milliseconds> close();

  /// The code is over: ends a COPY that it left open, so that the connection can be used again.
  void abandon_copy();

 private:
  void require_usable();
  /// Sends what is pending; the first time also the earlier steps and BEGIN.
  void go_live();
  void send_earlier();
  void drop_pending();
  Script take_script();
  Reply send(const Script& script);
  Reply send_statement(const Message& message, const Place& place);
  std::chrono::milliseconds send_close();
  void roll_back(const Place& place);
  /// The step fails with what is said here of it; the other with an error that names the revision already.
  [[noreturn]] void fail(Error error);
  [[noreturn]] void fail_as(Error error);
  void require_success(const Reply& reply, const std::function<Fault()>& locate);
  void require_savepoint(const Place& place);
  void require_copy_statement(const std::string& statement, CopyStream stream, const Place& place);
  void require_open(CopyStream stream);
  Body parse(const std::string& sql, const Place& place);

  const Limits* limits_;
  std::chrono::milliseconds lock_timeout_;
  std::function<bool()> send_earlier_;
  std::vector<Piece> pending_;
  std::size_t pending_bytes_ = 0;
  std::size_t savepoints_ = 0;    // those the server has
  struct OpenCopy {
    CopyStream stream;
    Place place;                  // where it was begun
    std::optional<std::uint64_t> rows = std::nullopt;   // of one that is read, once the server has sent all of it
  };
  std::optional<OpenCopy> copy_;
  bool live_ = false;
  bool earlier_failed_ = false;
};

}  // namespace cairn
