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

/// Gives a journal that was made before there were tags the column for them.
std::string add_tag_column_sql(const StateTables& tables);

/// One SELECT without a closing semicolon: does the journal have that column?
std::string has_tag_column_sql(const StateTables& tables);

/// The columns that every version table and every journal has, sorted bytewise: by them a script that cannot ask
/// questions knows tables of another layout. A journal may lack the one for tags.
std::vector<std::string> version_columns();
std::vector<std::string> journal_columns();

}  // namespace cairn
