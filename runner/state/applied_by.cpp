#include "state/applied_by.hpp"

#include "base/text.hpp"
#include "sql/body.hpp"

#include <fmt/core.h>

namespace cairn {

std::string applied_by_sql(const StateTables& tables, std::span<const std::string> revisions) {
  std::vector<std::string> wanted;
  for (const std::string& revision : revisions) wanted.push_back(fmt::format("({}::pg_catalog.text)", quote_literal(revision)));
  return fmt::format(
      "SELECT wanted.revision, told.direction, told.finished_at, told.client, told.runner FROM (VALUES {}) AS wanted (revision) "
      "CROSS JOIN LATERAL (SELECT direction, pg_catalog.date_trunc('second', finished_at) AS finished_at, client, runner FROM {} "
      "WHERE statement IS NULL AND state OPERATOR(pg_catalog.=) 'done' "
      "AND ((direction OPERATOR(pg_catalog.=) 'up' AND revision::pg_catalog.text OPERATOR(pg_catalog.=) wanted.revision) "
      "OR (direction OPERATOR(pg_catalog.=) 'stamp' AND wanted.revision OPERATOR(pg_catalog.=) ANY (rows_after))) "
      "ORDER BY entry DESC LIMIT 1) AS told",
      join(wanted, ", "), tables.journal());
}

std::vector<AppliedBy> parse_applied_by(const Result& result) {
  std::vector<AppliedBy> list;
  for (const auto& row : result.rows)
    list.push_back({.revision = row.at(0).value_or(""), .direction = row.at(1).value_or(""), .finished_at = row.at(2).value_or(""),
                    .client = row.at(3).value_or(""), .runner = row.at(4).value_or("")});
  return list;
}

}  // namespace cairn
