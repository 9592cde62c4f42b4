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

/// Gives a journal that an older program made what it lacks. Only the table's owner may.
std::string renew_journal_sql(const StateTables& tables);

/// One SELECT without a closing semicolon: does the journal lack nothing?
std::string journal_is_current_sql(const StateTables& tables);

/// The columns that every version table and every journal has, sorted bytewise: by them a script that cannot ask
/// questions knows tables of another layout. A journal may lack those that renewing adds.
std::vector<std::string> version_columns();
std::vector<std::string> journal_columns();

}  // namespace cairn
