#pragma once

#include "seam/sql_channel.hpp"

#include <compare>
#include <string>
#include <vector>

namespace cairn {

/// One object of a database as its catalog describes it. The definition is jsonb text with sorted keys, free of
/// oids, statistics and everything else that differs between two databases built by the same statements.
struct SchemaObject {
  std::string kind;         ///< "table", "column", "index", …
  std::string identity;     ///< schema-qualified, quoted where needed
  std::string definition;

  auto operator<=>(const SchemaObject&) const = default;
};

/// A schema as read from the catalog, sorted bytewise by kind, identity, definition.
/// Secrets in it (options of foreign servers and user mappings) are digests.
struct Snapshot {
  int server_version = 0;
  std::vector<SchemaObject> objects;
};

struct TableName {
  std::string schema;
  std::string name;
};

/// Whether a column's place among its table's columns is part of its definition. Dropping and re-adding a
/// column moves it, which SELECT * and COPY see.
enum class ColumnOrder { matters, ignored };

struct SnapshotOptions {
  /// Tables to leave out with all they own: columns, indexes, constraints, sequences, comments. Need not exist.
  std::vector<TableName> leave_out;
  ColumnOrder column_order = ColumnOrder::matters;
};

/// Reads the schema of the connected database in one exchange: a REPEATABLE READ, READ ONLY transaction of its
/// own, or, where the caller is inside a transaction, a savepoint of that, so that its uncommitted changes are seen.
/// Changes nothing, and leaves transaction and settings of the connection as they were, also when it throws.
/// Needs no rights beyond connecting; without the right to see them, options of user mappings are left out.
/// Servers 13 to 18, newer ones as far as their catalogs allow. Throws Error: connection, lock, interrupted,
/// configuration (permission denied), internal.
Snapshot read_snapshot(SqlChannel& channel, const SnapshotOptions& options = {});

/// Reads the schema of one database again and again. On a small schema planning the queries costs as much as running them,
/// so they stay prepared in the session. That must be the reader's own: it forgets the session's other prepared statements,
/// and a DEALLOCATE ALL from somebody else fails the next reading. Each reading is as that of read_snapshot.
class SnapshotReader {
 public:
  /// The channel must outlive the reader.
  explicit SnapshotReader(SqlChannel& channel, const SnapshotOptions& options = {});

  /// Throws as read_snapshot; can be asked again afterwards.
  Snapshot read();

 private:
  SqlChannel* channel_;
  std::vector<std::string> queries_;
  bool prepared_ = false;
};

}  // namespace cairn
