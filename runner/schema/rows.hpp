#pragma once

#include "schema/snapshot.hpp"

#include <cstddef>

namespace cairn {

struct RowsOptions {
  std::vector<TableName> leave_out;
  /// Tables with more rows are one object with their number and a digest; the rows of others are an object each.
  std::size_t most_rows = 500;
};

/// The rows of all tables as objects that compare() understands: kind "row", identity the table with the row's primary key
/// (or all of it), definition the row; or kind "rows". Empty tables have none. Reads every row, in one transaction. Throws as
/// read_snapshot does.
Snapshot read_rows(SqlChannel& channel, const RowsOptions& options = {});

}  // namespace cairn
