#pragma once

#include "graph/revision.hpp"
#include "seam/step_runner.hpp"
#include "worker/active_step.hpp"
#include "worker/collected_library.hpp"
#include "worker/step_function.hpp"
#include "worker/step_guard.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cairn {

/// The libraries a run may need, by the id of their revision.
using Libraries = std::map<std::string, CollectedLibrary, std::less<>>;

/// Throws Error (internal) when there is none for this revision: the collection has to bring it.
const CollectedLibrary& require_library(const Libraries& libraries, const Revision& revision);

/// The plugin's own description against its code: throws Error (plugin) when a function is missing that its
/// metadata promise.
void require_functions(const Revision& revision, const std::string& path, std::uint32_t functions);

/// Calls `load` for every code revision and throws all that failed (category plugin) together. Other errors
/// hold for every library (no worker can be started) and are thrown on at once.
void load_each(std::span<const Revision* const> revisions, const std::function<void(const Revision&)>& load);

/// The same error, saying which revision cannot be loaded.
Error cannot_load(const Revision& revision, Error error);

/// The functions a step calls, one after another.
std::vector<StepFunction> functions_for(Direction direction, std::uint32_t functions);

/// What the return of a function means: nothing, or the error of the step. A failed host call comes first,
/// since what the code says of itself is mostly a consequence of it; but why it gave up a COPY only the code
/// knows. Rethrows what the engine threw.
std::optional<Error> conclude(StepFunction function, CallEnd end, StepGuard& guard);

/// Says in the log that code called Cairn where it may not.
void log_stray_calls(StepHost& host, const Revision& revision, std::uint64_t calls);

}  // namespace cairn
