#include "commands/range.hpp"

#include "commands/known_rows.hpp"
#include "graph/target.hpp"

namespace cairn {

namespace {

bool speaks_of_current(const Invocation& invocation) {
  const TargetRange range = parse_target_range(invocation.option("rev-range"));
  return range.from == "current" || range.to == "current";
}

}  // namespace

State read_state(const Invocation& invocation, const RevisionGraph& graph) {
  const bool counts = speaks_of_current(invocation);
  OpenDatabase database = open_database(invocation);
  Reading reading = read_database(database, invocation);
  if (counts) require_known_rows(database, invocation, graph, reading);
  return std::move(reading.state);
}

State read_state_of_range(const Invocation& invocation, const RevisionGraph& graph) {
  return speaks_of_current(invocation) ? read_state(invocation, graph) : State();
}

std::vector<std::string> read_rows_of_range(const Invocation& invocation, const RevisionGraph& graph) {
  return read_state_of_range(invocation, graph).rows;
}

}  // namespace cairn
