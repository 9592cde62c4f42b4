#pragma once

#include "engine/retry.hpp"
#include "engine/script.hpp"
#include "engine/session.hpp"

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
  void begin_copy(std::string statement, Place place) override;
  void write_copy(std::string_view data) override;
  std::uint64_t end_copy(std::optional<std::string> abort_reason) override;

  bool live() const { return live_; }
  bool earlier_failed() const { return earlier_failed_; }

  /// What was gathered, when the session never went live.
  std::vector<Piece> take_pieces() { return std::move(pending_); }

  /// Live only: sends the rest, the bookkeeping and COMMIT. Answers the step's duration, or throws nothing and
  /// sets failure() or lost().
  std::optional<std::chrono::milliseconds> close();

 private:
  void require_usable() const;
  void go_live();
  /// Sends what is pending (and BEGIN before it, the first time).
  void send_pending();
  Reply send(const Script& script);
  Reply send_statement(const Message& message, const Place& place);
  [[noreturn]] void fail(Error error);
  void fail_if_bad(const Reply& reply, const std::function<Fault()>& locate);
  Body parse(const std::string& sql, const Place& place);

  const Limits* limits_;
  std::chrono::milliseconds lock_timeout_;
  std::function<bool()> send_earlier_;
  std::vector<Piece> pending_;
  std::size_t pending_bytes_ = 0;
  std::size_t savepoints_ = 0;
  std::optional<Place> copy_;     // where the open COPY was begun
  bool live_ = false;
  bool earlier_failed_ = false;
};

}  // namespace cairn
