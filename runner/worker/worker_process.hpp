#pragma once

#include "worker/output_lines.hpp"
#include "worker/wire.hpp"
#include "worker/worker_ending.hpp"
#include "worker/worker_spawn.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cairn {

/// When waiting for a worker has taken too long. Nothing: never.
struct Deadlines {
  using Clock = std::chrono::steady_clock;
  std::optional<Clock::time_point> silence;
  std::optional<Clock::time_point> whole;
};

/// New lines are in output().
struct OutputReady {};

/// A frame's payload is valid until the next wait().
using WorkerEvent = std::variant<Frame, OutputReady, WorkerEnding>;

/// A running worker, seen from the runner. Never blocks on it for longer than the deadlines say, whatever it
/// does. The destructor ends it, and what it started, and reaps it.
class WorkerProcess {
 public:
  /// `hidden`: variables of the environment that it does not get. `interrupt` is readable once the user asked to stop, or -1.
  /// Throws Error (configuration) when the executable cannot be started.
  WorkerProcess(const std::string& executable, const std::vector<std::string>& hidden, int interrupt, std::chrono::milliseconds grace);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  /// What happens next. After a WorkerEnding the process is gone and reaped.
  WorkerEvent wait(const Deadlines& deadlines);

  /// Sends a frame. A worker that is gone or does not take it is no error here: the next wait() tells.
  /// A descriptor goes along unless it is -1.
  void send(Opcode opcode, std::string_view payload, const Deadlines& deadlines, int descriptor = -1);

  /// Ends it now. `what`: of a broken wire, what was read.
  WorkerEnding stop(EndedBy by, std::string what = {});

  bool gone() const { return pid_ < 0; }

  bool interrupted() const { return grace_end_.has_value(); }
  OutputLines& output() { return output_; }
  /// Takes what it has written so far, without waiting.
  void read_output();
  pid_t pid() const { return pid_; }

 private:
  struct Readiness {
    bool wire = false;
    bool output = false;
    std::optional<EndedBy> too_late;
  };

  Readiness poll(short wire_events, const Deadlines& deadlines);
  std::optional<WorkerEvent> find_event();
  std::optional<Frame> receive();
  int poll_timeout(const Deadlines& deadlines) const;
  std::optional<EndedBy> overdue(const Deadlines& deadlines) const;
  void note_interrupt();
  bool has_exited() const;
  WorkerEnding bury();
  WorkerEnding wire_closed();

  pid_t pid_;
  FileDescriptor wire_;
  FileDescriptor output_pipe_;
  FileDescriptor death_;        ///< a pidfd; none where the kernel has no such thing
  int interrupt_;
  std::chrono::milliseconds grace_;
  std::optional<Deadlines::Clock::time_point> grace_end_;
  bool wire_ended_ = false;
  FrameInput input_;
  OutputLines output_;
};

}  // namespace cairn
