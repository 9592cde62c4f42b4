#pragma once

#include <cairn/abi.h>

#include <cstdint>

namespace cairn {

enum class StepFunction : std::uint32_t { upgrade = 1, downgrade = 2, verify = 4 };

/// "upgrade", "downgrade", "verify".
const char* name_of(StepFunction function);

/// Null when the plugin does not have it.
cairn_step_function function_of(const cairn_plugin& plugin, StepFunction function);

/// Those a plugin has, as the sum of their values: so they cross the wire.
std::uint32_t functions_of(const cairn_plugin& plugin);

inline bool has_function(std::uint32_t functions, StepFunction function) {
  return (functions & static_cast<std::uint32_t>(function)) != 0;
}

}  // namespace cairn
