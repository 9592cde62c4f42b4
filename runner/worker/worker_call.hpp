#pragma once

#include "worker/active_step.hpp"
#include "worker/step_function.hpp"
#include "worker/step_guard.hpp"
#include "worker/worker_process.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace cairn {

/// A function of a plugin that came back.
struct FunctionReturned {
  CallEnd end;
  std::uint64_t stray_calls = 0;
};

/// One function of one revision, running in the worker, and the runner's side of its host calls.
class WorkerCall {
 public:
  WorkerCall(WorkerProcess& worker, const WorkerPatience& patience, const std::string& revision, StepHost& host,
             StepGuard& guard)
      : worker_(worker), patience_(patience), revision_(revision), host_(host), guard_(guard) {}

  /// Runs the function, which the worker has. Throws what the host throws, HostCallFailed excepted: then the
  /// worker is in the middle of the step and of no use any more.
  std::variant<FunctionReturned, WorkerEnding> run(StepFunction function);

 private:
  std::optional<FunctionReturned> handle(const Frame& frame);
  void serve(const Frame& frame);
  void forward_output();
  void report_dropped_output();

  WorkerProcess& worker_;
  const WorkerPatience& patience_;
  const std::string& revision_;
  StepHost& host_;
  StepGuard& guard_;
  Deadlines deadlines_;
};

}  // namespace cairn
