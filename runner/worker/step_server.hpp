#pragma once

#include "worker/step_guard.hpp"
#include "worker/wire.hpp"

#include <optional>
#include <string>

namespace cairn {

struct CallAnswer {
  Opcode opcode;
  std::string payload;
};

/// Does what a frame of the worker asks for. Answers nothing for one-way frames. Throws WireBroken for a
/// frame that is no host call or does not hold what such a call needs: nothing of it was passed on.
std::optional<CallAnswer> serve_call(const Frame& frame, StepGuard& guard);

}  // namespace cairn
