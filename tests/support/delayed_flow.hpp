#pragma once

#include "support/file_descriptor.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace cairn::test {

/// One direction of a proxied connection: what was read waits here until its time has come.
class DelayedFlow {
 public:
  using Clock = std::chrono::steady_clock;

  DelayedFlow(const FileDescriptor& from, const FileDescriptor& to, std::chrono::microseconds delay)
      : from_(from), to_(to), delay_(delay) {}

  /// Reads what is there. Gives it for looking at before it waits.
  std::string_view receive();
  static constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

  /// Sends what is due, at most `allowed` bytes, which it lowers. Fails when there is more, and lifts the
  /// limit then. Gives what was sent.
  std::string send(std::atomic<std::uint64_t>& allowed);

  bool wants_input() const { return !ended_ && waiting_ < most_waiting; }
  bool is_due(Clock::time_point now) const { return !chunks_.empty() && chunks_.front().due <= now; }
  std::optional<Clock::time_point> next_due() const;
  /// The sender is gone and all it sent has been passed on, or the connection failed.
  bool finished() const { return failed_ || (ended_ && chunks_.empty()); }

 private:
  struct Chunk {
    Clock::time_point due;
    std::string bytes;
  };
  static constexpr std::size_t most_waiting = std::size_t{256} << 20;

  const FileDescriptor& from_;
  const FileDescriptor& to_;
  std::chrono::microseconds delay_;
  std::deque<Chunk> chunks_;
  std::size_t waiting_ = 0;
  bool ended_ = false;
  bool failed_ = false;
};

}  // namespace cairn::test
