#pragma once

#include "graph/plan.hpp"
#include "postgres/watcher.hpp"
#include "seam/observer.hpp"

#include <memory>
#include <mutex>
#include <string>

namespace cairn {

/// Stands between the engine and the console during a run: passes every event on and adds what a second connection
/// sees. It tells which revision of a window the server is at, and who holds the lock that a revision waits for.
class RunWatch : public Observer {
 public:
  enum class Start { at_once, at_first_retry };

  /// `to` and `plan` must outlive it; `to` is called from the watcher's thread too.
  RunWatch(Observer& to, const Plan& plan, Database database, int backend_pid, Start start);

  /// Who was last seen to hold a lock that the run waited for; empty when nobody was.
  std::string blocker() const;

  void waiting_for_lock(const std::string& holder) override { to_.waiting_for_lock(holder); }
  void window_sent(const Step& first, std::size_t steps) override { to_.window_sent(first, steps); }
  void step_started(const Step& step) override { to_.step_started(step); }
  void step_done(const Step& step) override { to_.step_done(step); }
  void retrying(const Step& step, const std::string& why, std::chrono::milliseconds pause) override;
  void log(LogLevel level, const std::string& text) override { to_.log(level, text); }
  void progress(const Step& step, std::uint64_t done, std::uint64_t total, const std::string& what) override {
    to_.progress(step, done, total, what);
  }

 private:
  void start();
  void see(const Sight& sight);

  Observer& to_;
  const Plan& plan_;
  Database database_;
  int backend_pid_;
  Start how_;
  mutable std::mutex seen_;          // what follows is written by the watcher's thread
  std::string blocker_;
  std::string told_;
  std::unique_ptr<Watcher> watcher_; // the last member: its thread ends before the others do
};

/// "up 37a02ec8662a init schema (2 of 3), waiting for a lock held by pid 4711, …"; empty while the server is at no
/// revision of the plan.
std::string describe_sight(const Sight& sight, const Plan& plan);

}  // namespace cairn
