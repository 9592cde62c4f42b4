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

std::vector<std::string> read_rows(const Invocation& invocation, const RevisionGraph& graph) {
  const bool counts = speaks_of_current(invocation);
  OpenDatabase database = open_database(invocation);
  return counts ? read_known_rows(database, invocation, graph) : read_database(database, invocation).state.rows;
}

std::vector<std::string> read_rows_of_range(const Invocation& invocation, const RevisionGraph& graph) {
  return speaks_of_current(invocation) ? read_rows(invocation, graph) : std::vector<std::string>();
}

}  // namespace cairn
