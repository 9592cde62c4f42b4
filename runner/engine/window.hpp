#pragma once

#include "engine/failure.hpp"
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

  Script make_script(std::size_t first, std::size_t limit, std::chrono::milliseconds lock_timeout) const;
  /// Whether the step may be sent again; waits before it says yes.
  bool may_retry(const Step& step, const ServerFailure& failure, class Retry& retry, std::optional<Error>& error);

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
