#include "worker/worker_runner.hpp"

#include "worker/worker_loading.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

namespace cairn {

WorkerRunner::WorkerRunner(std::string executable, Libraries libraries, WorkerPatience patience, int interrupt,
                           std::vector<std::string> hidden)
    : executable_(std::move(executable)),
      libraries_(std::move(libraries)),
      patience_(patience),
      interrupt_(interrupt),
      hidden_(std::move(hidden)) {}

std::optional<pid_t> WorkerRunner::worker() const {
  return worker_ ? std::optional(worker_->pid()) : std::nullopt;
}

void WorkerRunner::drop_worker() {
  worker_.reset();
  opened_.clear();
}

void WorkerRunner::load(std::span<const Revision* const> revisions) {
  load_each(revisions, [this](const Revision& revision) { require_open(revision); });
}

std::uint32_t WorkerRunner::require_open(const Revision& revision) {
  const auto known = opened_.find(revision.id);
  if (known != opened_.end()) return known->second;
  if (!worker_) worker_ = start_worker(executable_, hidden_, patience_, interrupt_);
  try {
    return opened_.emplace(revision.id, open(revision)).first->second;
  } catch (Error& error) {
    if (worker_->gone()) drop_worker();
    throw cannot_load(revision, std::move(error));
  }
}

std::uint32_t WorkerRunner::open(const Revision& revision) {
  const CollectedLibrary& library = require_library(libraries_, revision);
  const std::uint32_t functions = open_in_worker(*worker_, library, patience_);
  require_functions(revision, library.load.path, functions);
  return functions;
}

StepEnd WorkerRunner::run(const Step& step, StepHost& host) {
  std::uint32_t functions = 0;
  try {
    functions = require_open(*step.revision);   // again, when an earlier revision took the worker down
  } catch (Error& error) {
    return StepEnd{std::move(error), false};
  }
  StepGuard guard(host);
  try {
    return run_functions(step, functions, guard, host);
  } catch (...) {
    drop_worker();   // it is in the middle of the step
    throw;
  }
}

StepEnd WorkerRunner::run_functions(const Step& step, std::uint32_t functions, StepGuard& guard, StepHost& host) {
  WorkerCall call(*worker_, patience_, step.revision->id, host, guard);
  for (const StepFunction function : functions_for(step.direction, functions)) {
    if (function == StepFunction::verify) host.verify_begins();
    auto end = call.run(function);
    if (const auto* ending = std::get_if<WorkerEnding>(&end)) return died(function, *ending, guard);
    auto& returned = std::get<FunctionReturned>(end);
    log_stray_calls(host, *step.revision, returned.stray_calls);
    if (auto error = conclude(function, std::move(returned.end), guard)) return StepEnd{std::move(error), false};
  }
  return {};
}

StepEnd WorkerRunner::died(StepFunction function, const WorkerEnding& ending, StepGuard& guard) {
  guard.close();
  const Category category = ending.by == EndedBy::interrupt ? Category::interrupted : Category::revision;
  const std::string where = fmt::format("in {}, after {}", name_of(function), count_of(guard.calls(), "host call"));
  Error error(category, "its code " + describe(ending, patience_, where));
  error.hint(advise(ending));
  add_last_words(error, *worker_);
  if (guard.failure() != nullptr) error.context("before that: " + guard.failure()->message());
  drop_worker();
  if (guard.fatal()) std::rethrow_exception(guard.fatal());
  return StepEnd{std::move(error), true};
}

}  // namespace cairn
