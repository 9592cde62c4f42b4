#include "graph/plan.hpp"

#include "commands/commands.hpp"
#include "commands/run.hpp"

namespace cairn {

Answer plan(const Invocation& invocation) {
  const std::string target = require_target(invocation);
  return show_plan(invocation, [&](const RevisionGraph& graph, std::span<const std::string> rows) {
    return invocation.has("down") ? plan_downgrade(graph, rows, target) : plan_upgrade(graph, rows, target);
  });
}

}  // namespace cairn
