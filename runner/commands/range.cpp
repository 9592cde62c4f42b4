#include "commands/range.hpp"

#include "commands/database.hpp"
#include "graph/target.hpp"

namespace cairn {

std::vector<std::string> read_rows(const Invocation& invocation) {
  OpenDatabase database = open_database(invocation);
  return read_database(database, invocation).state.rows;
}

std::vector<std::string> read_rows_of_range(const Invocation& invocation) {
  const TargetRange range = parse_target_range(invocation.option("rev-range"));
  if (range.from != "current" && range.to != "current") return {};
  return read_rows(invocation);
}

}  // namespace cairn
