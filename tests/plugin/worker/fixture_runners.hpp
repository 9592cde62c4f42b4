#pragma once

#include "recording_host.hpp"

#include "worker/in_process_runner.hpp"
#include "worker/worker_runner.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace cairn::test {

/// A revision whose library is the fixture of that name, and the runners that know it.
inline Revision fixture_revision(const std::string& name) {
  Revision revision;
  revision.id = name;
  revision.reversible = true;
  return revision;
}

inline Libraries fixture_libraries(const std::vector<std::string>& names, const std::string& note = {}) {
  Libraries libraries;
  for (const std::string& name : names) {
    const std::string path = std::string(WORKER_FIXTURES) + "/" + name + ".so";
    const bool there = std::filesystem::exists(path);
    libraries[name] = {.load = {name, path, note}, .identity = there ? FileBytes(path).identity() : FileIdentity{}, .sha256 = {}};
  }
  return libraries;
}

inline std::unique_ptr<WorkerRunner> worker_runner(Libraries libraries, WorkerPatience patience = {},
                                                   int interrupt = -1, std::vector<std::string> hidden = {}) {
  return std::make_unique<WorkerRunner>(WORKER_EXECUTABLE, std::move(libraries), patience, interrupt, std::move(hidden));
}

/// Runs a step of the library `behaviours`.
inline StepEnd behave(StepRunner& runner, RecordingHost& host, const std::string& what,
                      Direction direction = Direction::up) {
  const Revision revision = fixture_revision("behaviours");
  host.variables["do"] = what;
  Step step;
  step.revision = &revision;
  step.direction = direction;
  return runner.run(step, host);
}

inline std::string message_of(const StepEnd& end) { return end.error ? end.error->message() : "no error"; }

}  // namespace cairn::test
