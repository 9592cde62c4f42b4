#include "worker/step_function.hpp"

#include <initializer_list>

namespace cairn {

const char* name_of(StepFunction function) {
  switch (function) {
    case StepFunction::upgrade: return "upgrade";
    case StepFunction::downgrade: return "downgrade";
    case StepFunction::verify: return "verify";
  }
  return "step";
}

cairn_step_function function_of(const cairn_plugin& plugin, StepFunction function) {
  switch (function) {
    case StepFunction::upgrade: return plugin.upgrade;
    case StepFunction::downgrade: return plugin.downgrade;
    case StepFunction::verify: return plugin.verify;
  }
  return nullptr;
}

std::uint32_t functions_of(const cairn_plugin& plugin) {
  std::uint32_t functions = 0;
  for (const StepFunction each : {StepFunction::upgrade, StepFunction::downgrade, StepFunction::verify})
    if (function_of(plugin, each) != nullptr) functions |= static_cast<std::uint32_t>(each);
  return functions;
}

}  // namespace cairn
