#pragma once

#include <string>
#include <string_view>

namespace cairn {

/// The table in which Alembic keeps its rows.
struct VersionTable {
  std::string schema;   ///< empty: where search_path leads
  std::string name;
};

/// Takes a name apart as it stands in SQL: quoted parts as they are, others in lower case.
VersionTable parse_version_table(std::string_view written);

}  // namespace cairn
