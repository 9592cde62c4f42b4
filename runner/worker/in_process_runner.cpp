#include "worker/in_process_runner.hpp"

#include "worker/host_table.hpp"

namespace cairn {

namespace {

/// By its path, where debuggers find its symbols; but what a lock file pins is loaded from the very bytes that were checked.
cairn_plugin open(const CollectedLibrary& library) {
  if (!library.sha256.empty()) return open_library(library.load, open_checked_copy(library));
  require_checked(library);
  return open_library(library.load);
}

}  // namespace

void InProcessRunner::load(std::span<const Revision* const> revisions) {
  load_each(revisions, [this](const Revision& revision) { require_open(revision); });
}

const cairn_plugin& InProcessRunner::require_open(const Revision& revision) {
  const auto known = opened_.find(revision.id);
  if (known != opened_.end()) return known->second;
  try {
    const CollectedLibrary& library = require_library(libraries_, revision);
    const cairn_plugin plugin = open(library);
    require_functions(revision, library.load.path, functions_of(plugin));
    return opened_.emplace(revision.id, plugin).first->second;
  } catch (Error& error) {
    throw cannot_load(revision, std::move(error));
  }
}

StepEnd InProcessRunner::run(const Step& step, StepHost& host) {
  const cairn_plugin& plugin = require_open(*step.revision);
  StepGuard guard(host);
  for (const StepFunction function : functions_for(step.direction, functions_of(plugin))) {
    if (function == StepFunction::verify) host.verify_begins();
    CallEnd end = call_step(function_of(plugin, function), guard);
    log_stray_calls(host, *step.revision, take_stray_calls());
    if (auto error = conclude(function, std::move(end), guard)) return StepEnd{std::move(error), false};
  }
  return {};
}

}  // namespace cairn
