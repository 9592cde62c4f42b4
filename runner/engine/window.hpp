#pragma once

#include "engine/failure.hpp"
#include "engine/retry.hpp"
#include "engine/script.hpp"
#include "engine/world.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace cairn {

/// Steps that need no answers, gathered to travel in one message, each in a transaction of its own.
class Window {
 public:
  Window(World& world, const Limits& limits) : world_(&world), limits_(&limits) {}

  /// True when this much more would not fit; flush first.
  bool is_full_for(const std::vector<Piece>& pieces) const;
  void add(const Step& step, std::vector<Piece> pieces);
  bool empty() const { return entries_.empty(); }

  struct Result {
    std::vector<std::chrono::milliseconds> done;   ///< one per committed step, in order
    std::optional<Error> error;                    ///< of the step behind them
    bool lost = false;
  };

  /// Sends everything; retries what failed on a lock; afterwards the window is empty.
  Result flush();

 private:
  struct Entry {
    const Step* step;
    std::vector<Piece> pieces;
    std::size_t bytes;
  };

  /// Where a flush stands: entries before `first` are committed, those from `limit` on wait for the next message.
  struct Flight {
    std::size_t first;
    std::size_t limit;
    Retry retry;
    Result result;
  };

  Script make_script(std::size_t first, std::size_t limit, std::chrono::milliseconds lock_timeout) const;
  /// One message and its answer; false ends the flush.
  bool send_next(Flight& flight);
  std::size_t note_committed(Flight& flight, const Script& script, const Reply& reply);
  /// What failed on a lock is sent again after a pause, within the budget.
  bool may_retry(Flight& flight, const ServerFailure& failure, const Fault& fault);
  static bool give_up(Flight& flight, Error error);

  World* world_;
  const Limits* limits_;
  std::vector<Entry> entries_;
  std::size_t bytes_ = 0;
};

/// The error of a step that was stopped by the user.
Error interrupted_error(const Step& step);

/// The error of a step that found no lock in time.
Error lock_error(const Step& step, const ServerFailure& failure, std::chrono::milliseconds budget);

}  // namespace cairn
