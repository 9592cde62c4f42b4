#pragma once

// Internal to this folder: waiting on one connection without blocking in libpq.

#include "postgres/libpq.hpp"

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cairn {

/// One message under way and its answer. Every wait also watches the interrupt fd.
class Conversation {
 public:
  /// `cancelled` outlives the conversation: set when an interrupt has been acted on.
  Conversation(PGconn* connection, int interrupt_fd, bool& cancelled);
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  /// The next result, or null at the end of the answer; see lost().
  ResultHandle next();

  /// Sends COPY data, holding at most one piece in memory. False: stop, it was cancelled or lost.
  bool put_copy(std::string_view data);
  bool end_copy_in(const char* abort_reason);

  /// The next data of a COPY to us, at most `most_bytes`; empty: there are no more. The rest of a row that did not fit
  /// stays for the next time. Valid until the next call.
  std::string_view get_copy(std::size_t most_bytes);

  /// Reads and drops what a COPY to us sends.
  void drain_copy();

  /// Asks the server, on a connection of its own, to give up the running statement.
  void cancel();

  bool was_cancelled() const { return cancel_.valid(); }
  /// True when the connection broke or the server did not react to a cancel.
  bool lost() const { return lost_; }

 private:
  using Clock = std::chrono::steady_clock;

  bool wait(bool for_writing);
  bool flush();
  bool next_row();
  bool go_on();
  int milliseconds_left() const;
  bool past_deadline();
  void act_on_interrupt();
  int watched_fd() const;

  PGconn* connection_;
  int interrupt_fd_;
  bool& interrupt_used_;
  bool late_interrupt_;                    ///< it came before this conversation: a second of grace
  std::optional<Clock::time_point> deadline_;
  std::future<void> cancel_;
  std::unique_ptr<char, FreeMemory> row_;  ///< of a COPY to us, as libpq gave it
  std::string_view rest_;                  ///< of it
  std::string piece_;
  bool lost_ = false;
};

}  // namespace cairn
