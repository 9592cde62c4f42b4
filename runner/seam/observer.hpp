#pragma once

#include "graph/plan.hpp"
#include "seam/step_runner.hpp"

#include <chrono>
#include <string>

namespace cairn {

/// Events flow up and decide nothing. Every function has an empty default.
class Observer {
 public:
  virtual ~Observer() = default;

  virtual void waiting_for_lock(const std::string& holder) { static_cast<void>(holder); }
  virtual void window_sent(const Step& first, std::size_t steps) { static_cast<void>(first); static_cast<void>(steps); }
  virtual void step_started(const Step& step) { static_cast<void>(step); }
  virtual void step_done(const Step& step) { static_cast<void>(step); }
  virtual void retrying(const Step& step, const std::string& why, std::chrono::milliseconds pause) {
    static_cast<void>(step); static_cast<void>(why); static_cast<void>(pause);
  }
  /// What a second connection sees the server do; may come from another thread.
  virtual void server_is_at(const std::string& text) { static_cast<void>(text); }
  virtual void log(LogLevel level, const std::string& text) { static_cast<void>(level); static_cast<void>(text); }
  virtual void progress(const Step& step, std::uint64_t done, std::uint64_t total, const std::string& what) {
    static_cast<void>(step); static_cast<void>(done); static_cast<void>(total); static_cast<void>(what);
  }
};

}  // namespace cairn
