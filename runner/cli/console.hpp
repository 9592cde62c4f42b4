#pragma once

#include "seam/observer.hpp"

#include <mutex>
#include <string>

namespace cairn {

/// How talkative stderr is, and what it is.
struct ConsoleOptions {
  bool terminal = false;   ///< stderr is a terminal: one line that is written over
  bool quiet = false;      ///< nothing but errors
  bool verbose = false;
};

/// Progress and messages on stderr. Results never come here.
class Console : public Observer {
 public:
  explicit Console(ConsoleOptions options);
  ~Console() override;

  void waiting_for_lock(const std::string& holder) override;
  void window_sent(const Step& first, std::size_t steps) override;
  void step_started(const Step& step) override;
  void step_done(const Step& step) override;
  void retrying(const Step& step, const std::string& why, std::chrono::milliseconds pause) override;
  void log(LogLevel level, const std::string& text) override;
  void progress(const Step& step, std::uint64_t done, std::uint64_t total, const std::string& what) override;
  void server_is_at(const std::string& text) override;

  /// Takes away what stands on the status line: results follow on the same terminal.
  void finish();
  /// Prints a ready text to stderr, below whatever status stands there.
  void print(const std::string& text);

 private:
  void line(const std::string& text);
  void status(const std::string& text);
  void clear_status();

  ConsoleOptions options_;
  std::mutex writing_;   // server_is_at comes from the watcher's thread
  std::size_t status_width_ = 0;
  std::string last_progress_;
};

}  // namespace cairn
