#include "commands/commands.hpp"
#include "commands/run.hpp"

namespace cairn {

Answer upgrade(const Invocation& invocation) {
  const Course course{.target = require_target(invocation), .direction = Direction::up};
  return invocation.has("dry-run") ? show_plan(invocation, course) : run_plan(invocation, course);
}

}  // namespace cairn
