#pragma once

#include "worker/step_conclusion.hpp"
#include "worker/worker_call.hpp"
#include "worker/worker_ending.hpp"
#include "worker/worker_process.hpp"

#include <sys/types.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// Runs the code of revisions in cairn-worker, one process for the whole run. It starts with the first
/// library to load, never for SQL revisions; after a crash the next step gets a new one.
/// The worker ends with the thread that started it: load() and run() belong to the main thread.
class WorkerRunner final : public StepRunner {
 public:
  /// `executable` is the absolute path of cairn-worker. `interrupt` is a descriptor that is readable, and
  /// stays so, once the user asked to stop; -1: none. `hidden` are variables of the environment that hold secrets.
  WorkerRunner(std::string executable, Libraries libraries, WorkerPatience patience = {}, int interrupt = -1,
               std::vector<std::string> hidden = {});

  void load(std::span<const Revision* const> revisions) override;

  /// StepEnd's error does not name the revision: the engine does that for every error of a step.
  /// What the host throws besides HostCallFailed ends the worker and is thrown on.
  StepEnd run(const Step& step, StepHost& host) override;

  /// The process id of the worker, if one is running.
  std::optional<pid_t> worker() const;

 private:
  std::uint32_t require_open(const Revision& revision);
  std::uint32_t open(const Revision& revision);
  StepEnd run_functions(const Step& step, std::uint32_t functions, StepGuard& guard, StepHost& host);
  StepEnd died(StepFunction function, const WorkerEnding& ending, StepGuard& guard);
  void drop_worker();

  std::string executable_;
  Libraries libraries_;
  WorkerPatience patience_;
  int interrupt_;
  std::vector<std::string> hidden_;
  std::unique_ptr<WorkerProcess> worker_;
  std::map<std::string, std::uint32_t, std::less<>> opened_;   ///< functions of what this worker has open
};

}  // namespace cairn
