#include "worker/in_process_runner.hpp"

#include "worker/host_table.hpp"

namespace cairn {

void InProcessRunner::load(std::span<const Revision* const> revisions) {
  load_each(revisions, [this](const Revision& revision) { require_open(revision); });
}

const cairn_plugin& InProcessRunner::require_open(const Revision& revision) {
  const auto known = opened_.find(revision.id);
  if (known != opened_.end()) return known->second;
  try {
    const LibraryToLoad& library = require_library(libraries_, revision);
    const cairn_plugin plugin = open_library(library);
    require_functions(revision, library.path, functions_of(plugin));
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
