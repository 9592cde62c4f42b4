#pragma once

#include "base/interrupt.hpp"
#include "seam/observer.hpp"
#include "seam/sql_channel.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace cairn {

/// The first 8 bytes of SHA-256("cairn/v1" NUL schema NUL table), big-endian: the same for every runner that
/// keeps its state in that table, and with no promise of the server's hash functions behind it.
std::int64_t lock_key(std::string_view schema, std::string_view table);

/// One SELECT without a closing semicolon: a row with "t" when the lock was to be had. It is tried, never waited
/// for in the server: a waiting statement deadlocks with CREATE INDEX CONCURRENTLY.
std::string lock_statement(std::int64_t key);

/// Who holds the lock: no row when nobody does.
std::string holder_statement(std::int64_t key);

struct LockHolder {
  int pid = 0;
  std::string user;
  std::string application_name;
  std::string client_address;    ///< empty: the local socket
  std::string since;             ///< when its session began
  std::string query;             ///< cut before the first literal

  /// 'pid 4711, user "bob", application "cairn 37a0", from 10.0.0.5, since 2025-11-30 03:00:00 UTC,
  /// running or last: ALTER TABLE …'
  std::string text() const;
};

std::optional<LockHolder> parse_holder(const Result& result);

struct LockRequest {
  std::int64_t key = 0;
  /// For how long to try. Nothing: for ever; zero: once.
  std::optional<std::chrono::milliseconds> wait;
  /// Statements to send behind the lock in the same message, such as the reading of the version rows.
  std::string following;
  int interrupt_fd = cairn::interrupt_fd();
};

/// The runner lock: a session lock on the working connection, so that obtaining it proves that the former
/// holder's session has ended. Must not outlive the channel.
class RunnerLock {
 public:
  /// Tries until it has the lock. `answers` receives what `following` brought while the lock is held, its failure
  /// included; without `answers` a failure is thrown and the lock released. Throws Error(lock) at the deadline,
  /// Error(interrupted), Error(connection).
  static RunnerLock acquire(SqlChannel& channel, const LockRequest& request, Observer& observer,
                            Reply* answers = nullptr);

  RunnerLock(RunnerLock&& other) noexcept;
  RunnerLock& operator=(RunnerLock&&) = delete;
  /// Releases what is still held, silently: a lost connection has released it already.
  ~RunnerLock();

  /// See release_runner_lock().
  void release();

  /// The lock is gone with its connection; the destructor sends nothing.
  void forget() { channel_ = nullptr; }

 private:
  RunnerLock(SqlChannel& channel, std::int64_t key) : channel_(&channel), key_(key) {}

  SqlChannel* channel_;
  std::int64_t key_;
};

/// Gives back the lock that this session holds. Throws Error(check) when the server says that it was not ours. Without an
/// answer, and inside a transaction, nothing is said: the end of the connection releases it.
void release_runner_lock(SqlChannel& channel, std::int64_t key);

/// The pause before try number `attempt` (from 1): 100 ms growing to 1 s, scaled by a random share of [0, 1]
/// to between one half and all of it.
std::chrono::milliseconds lock_pause(int attempt, double share);

}  // namespace cairn
