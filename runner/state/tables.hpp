#pragma once

#include <string>
#include <vector>

namespace cairn {

/// Names of our two tables. The version table is Alembic's own, the journal stands beside it.
struct StateTables {
  std::string schema = "public";
  std::string version_table = "alembic_version";
  std::string journal_table = "cairn_journal";

  std::string versions() const;   ///< qualified and quoted
  std::string journal() const;
};

/// Creates what is missing of the two tables, in one transaction. Never drops anything.
std::string create_tables_sql(const StateTables& tables);

/// The columns of the two tables as create_tables_sql makes them, sorted bytewise: by them a script that cannot ask
/// questions knows tables of another layout.
std::vector<std::string> version_columns();
std::vector<std::string> journal_columns();

}  // namespace cairn
