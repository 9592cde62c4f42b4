#include "commands/commands.hpp"
#include "commands/run.hpp"

namespace cairn {

Answer upgrade(const Invocation& invocation) {
  return invocation.has("dry-run") ? show_plan(invocation, Direction::up) : run_plan(invocation, Direction::up);
}

}  // namespace cairn
