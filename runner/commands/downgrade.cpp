#include "commands/commands.hpp"
#include "commands/run.hpp"

namespace cairn {

Answer downgrade(const Invocation& invocation) {
  const std::string target = require_target(invocation);
  const MakePlan make_plan = [&](const RevisionGraph& graph, std::span<const std::string> rows) {
    return plan_downgrade(graph, rows, target);
  };
  return invocation.has("dry-run") ? show_plan(invocation, make_plan) : run_plan(invocation, make_plan);
}

}  // namespace cairn
