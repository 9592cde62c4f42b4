#pragma once

#include "worker/active_step.hpp"

#include <cairn/abi.h>

#include <cstdint>

namespace cairn {

/// The longest text that set_error, log and progress take over; the rest is cut off.
inline constexpr std::size_t most_text_bytes = std::size_t{64} << 10U;

/// Calls a function of a plugin with a host table that stands on `host`. Exceptions of `host` become
/// CAIRN_FAILED for the plugin and go no further. The table answers only this thread, and only until the
/// function returns; what a plugin keeps of it afterwards is refused, never followed.
CallEnd call_step(cairn_step_function function, StepHost& host);

/// How many host calls came from outside of a step since the last question; all were refused.
std::uint64_t take_stray_calls();

}  // namespace cairn
