#include "commands/commands.hpp"
#include "commands/run.hpp"

namespace cairn {

Answer plan(const Invocation& invocation) {
  return show_plan(invocation, invocation.has("down") ? Direction::down : Direction::up);
}

}  // namespace cairn
