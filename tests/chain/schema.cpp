#include "chain/schema.hpp"

#include "postgres/connection.hpp"
#include "schema/difference.hpp"

#include <sstream>

namespace cairn::test {
namespace {

/// The first line in which two texts differ, as each has it.
std::string first_difference(const std::string& before, const std::string& after) {
  std::istringstream left(before);
  std::istringstream right(after);
  std::string old_line;
  std::string new_line;
  do {
    if (!std::getline(left, old_line)) old_line = "the end";
    if (!std::getline(right, new_line)) new_line = "the end";
  } while (old_line == new_line && left && right);
  return "pg_dump: " + old_line + ", now " + new_line;
}

}  // namespace

std::vector<std::string> differences(const Schema& before, const Schema& after) {
  std::vector<std::string> lines;
  for (const Difference& difference : compare(before.snapshot, after.snapshot)) lines.push_back(describe(difference));
  if (before.dump != after.dump) lines.push_back(first_difference(before.dump, after.dump));
  return lines;
}

Schema read_schema(const TestDatabase& database) {
  const auto connection = open_connection(parse_database(database.url()));
  const SnapshotOptions options{.leave_out = {{"public", "alembic_version"}, {"public", "cairn_journal"}}};
  return {read_snapshot(*connection, options),
          database.dump({"--schema-only", "--exclude-table=public.alembic_version", "--exclude-table=public.cairn_journal"})};
}

}  // namespace cairn::test
