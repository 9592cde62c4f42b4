#include "commands/recording.hpp"

#include "base/interrupt.hpp"
#include "engine/failure.hpp"

namespace cairn {

namespace {

/// Nothing was sent anywhere: what stops a script from being written is a plugin that does not lend itself to it.
Error cannot_record(const Step& step, Error error) {
  if (error.category() == Category::revision) error.recategorise(Category::plugin);
  return std::move(error.prefix(name_of(*step.revision) + " cannot be written into a script: "));
}

}  // namespace

StepRecording record_step(StepRunner& runner, const Step& step, const Invocation& invocation, Observer& observer) {
  Recorder recorder(*step.revision,
                    {.observer = observer, .variables = invocation.settings.variables, .interrupted = interrupted});
  std::optional<Error> stopped;
  try {
    stopped = runner.run(step, recorder).error;
  } catch (const Error& error) {
    stopped = error;
  }
  return {recorder.take(), std::move(stopped)};
}

void record_code(std::vector<Work>& work, StepRunner& runner, const Invocation& invocation) {
  std::vector<Error> problems;
  for (Work& one : work) {
    if (one.step.revision->kind != RevisionKind::code) continue;
    StepRecording recorded = record_step(runner, one.step, invocation, *invocation.observer);
    if (recorded.stopped && recorded.stopped->category() == Category::interrupted) throw *recorded.stopped;
    if (recorded.stopped) problems.push_back(cannot_record(one.step, std::move(*recorded.stopped)));
    one.pieces = std::move(recorded.recording.pieces);
  }
  throw_all(std::move(problems));
}

}  // namespace cairn
