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
    std::optional<Error> error;                    ///< of the step behind them, or of the lost connection
    bool reached = true;                           ///< false: that step was not begun
    bool lost = false;
  };

  /// Sends everything; retries what failed on a lock; afterwards the window is empty.
  Result flush();

 private:
  struct Entry {
    const Step* step;
    std::vector<Piece> pieces;
    Retry retry;
  };

  /// Where a flush stands: entries before `first` are committed, those from `limit` on wait for the next message.
  struct Flight {
    std::size_t first;
    std::size_t limit;
    Result result;
  };

  Script make_script(const Flight& flight) const;
  /// One message and its answer; false ends the flush.
  bool send_next(Flight& flight);
  void note_committed(Flight& flight, const Script& script, const Reply& reply);
  /// What to do about the failure of a message that carried `sent` steps and committed `committed` of them.
  bool go_on_after(Flight& flight, const Fault& fault, const Reply& reply, std::size_t sent, std::size_t committed);
  /// What failed on a lock is sent again after a pause, within the budget.
  bool may_retry(Flight& flight, const ServerFailure& failure, const Fault& fault);
  static bool give_up(Flight& flight, Error error);

  World* world_;
  const Limits* limits_;
  std::vector<Entry> entries_;
  std::size_t bytes_ = 0;
};

}  // namespace cairn
