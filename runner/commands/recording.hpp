#pragma once

#include "commands/collected.hpp"
#include "offline/recorder.hpp"

#include <optional>
#include <vector>

namespace cairn {

/// What the code of a step sent while nothing answered it, and why it was not all.
struct StepRecording {
  Recording recording;
  std::optional<Error> stopped;
};

/// Runs the step's code with a recorder in the place of the server. Never throws for what the code does.
StepRecording record_step(StepRunner& runner, const Step& step, const Invocation& invocation, Observer& observer);

/// Fills in the pieces of the code revisions. Throws one Error with every revision that cannot be recorded.
void record_code(std::vector<Work>& work, StepRunner& runner, const Invocation& invocation);

}  // namespace cairn
