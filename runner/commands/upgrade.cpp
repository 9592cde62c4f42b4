#include "commands/commands.hpp"
#include "commands/run.hpp"
#include "commands/script.hpp"

namespace cairn {

Answer upgrade(const Invocation& invocation) {
  if (invocation.has("sql")) return script_plan(invocation, Direction::up);
  require_no_output(invocation);
  return invocation.has("dry-run") ? show_plan(invocation, Direction::up) : run_plan(invocation, Direction::up);
}

}  // namespace cairn
