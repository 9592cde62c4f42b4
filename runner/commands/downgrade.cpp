#include "commands/commands.hpp"
#include "commands/run.hpp"

namespace cairn {

Answer downgrade(const Invocation& invocation) {
  return invocation.has("dry-run") ? show_plan(invocation, Direction::down) : run_plan(invocation, Direction::down);
}

}  // namespace cairn
