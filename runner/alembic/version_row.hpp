#pragma once

#include "alembic/offline_statement.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cairn {

/// A statement by which Alembic keeps its version table.
struct VersionRow {
  enum class Kind { insert, update, remove, create_table, drop_table };
  Kind kind = Kind::insert;
  std::string table;    ///< as written, with its schema if it has one
  std::string before;   ///< the id that goes; empty when none does
  std::string after;    ///< the id that comes
};

/// What the statement does to a version table, if it has exactly the shape in which Alembic writes that.
std::optional<VersionRow> find_version_row(std::string_view script, const OfflineStatement& statement);

}  // namespace cairn
