#pragma once

#include "base/file_descriptor.hpp"
#include "postgres/conninfo.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <thread>

namespace cairn {

/// What another session of the server is doing at a moment.
struct Sight {
  std::string application_name;  ///< "cairn <rev>" while a window runs
  std::string state;             ///< "active", "idle in transaction", …
  std::string wait;              ///< "Lock: relation"; empty when it does not wait
  std::string blocker;           ///< who it waits for, in words; empty when for nobody
  std::string query;             ///< cut before the first literal
  std::string progress;          ///< "building index: scanning table, 45%"; empty when the server tells none

  bool operator==(const Sight&) const = default;
};

/// Watches one backend from a second connection on a thread of its own. It is a convenience: it connects only
/// when watching has lasted a while, and whatever fails ends it silently.
class Watcher {
 public:
  /// `on_sight` is called from the watcher's thread, about every `interval`, and must not throw.
  Watcher(Database database, int backend_pid, std::function<void(const Sight&)> on_sight,
          std::chrono::milliseconds interval = std::chrono::milliseconds(250));
  /// Ends at once: a running query is cancelled.
  ~Watcher();
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  /// After a reconnect the work is done by another backend.
  void watch(int backend_pid) { backend_pid_.store(backend_pid); }

 private:
  void run();
  bool pause() const;

  Database database_;
  std::atomic<int> backend_pid_;
  std::function<void(const Sight&)> on_sight_;
  std::chrono::milliseconds interval_;
  FileDescriptor stop_;
  std::thread thread_;
};

}  // namespace cairn
