#pragma once

#include "seam/observer.hpp"

#include <string>
#include <vector>

namespace cairn::test {

/// Keeps every event as one line, such as "started +a", "window 3 from +a", "progress +a 1/2 rows".
class RecordingObserver : public Observer {
 public:
  const std::vector<std::string>& events() const { return events_; }

  void waiting_for_lock(const std::string& holder) override { add("waiting for " + holder); }
  void window_sent(const Step& first, std::size_t steps) override {
    add("window " + std::to_string(steps) + " from " + name_of(first));
  }
  void step_started(const Step& step) override { add("started " + name_of(step)); }
  void step_done(const Step& step) override { add("done " + name_of(step)); }
  void retrying(const Step& step, const std::string& why, std::chrono::milliseconds) override {
    add("retrying " + name_of(step) + ": " + why);  // the pause is drawn by lot
  }
  void log(LogLevel level, const std::string& text) override { add(name_of(level) + ": " + text); }
  void progress(const Step& step, std::uint64_t done, std::uint64_t total, const std::string& what) override {
    add("progress " + name_of(step) + " " + std::to_string(done) + "/" + std::to_string(total) + " " + what);
  }

  /// "+a" for an upgrade of a, "-a" for its downgrade.
  static std::string name_of(const Step& step) {
    return (step.direction == Direction::up ? "+" : "-") + (step.revision != nullptr ? step.revision->id : "?");
  }

 private:
  static std::string name_of(LogLevel level) {
    switch (level) {
      case LogLevel::debug: return "debug";
      case LogLevel::info: return "info";
      case LogLevel::notice: return "notice";
      case LogLevel::warning: return "warning";
    }
    return "?";
  }
  void add(std::string line) { events_.push_back(std::move(line)); }

  std::vector<std::string> events_;
};

}  // namespace cairn::test
