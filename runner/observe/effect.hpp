#pragma once

#include "base/error.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cairn {

// What a statement did to a server, as the server tells it. From the text of the statement only comes why a table was
// written anew, where the server does not say.

/// A relation as it was called before the statement, or, if the statement made it, as it is called now.
struct SeenRelation {
  std::string name;      ///< "public.users", quoted where needed
  std::string kind;      ///< "table", "partitioned table", "index", "view", "materialized view", "sequence", "foreign table", "toast table"
  bool fresh = false;    ///< made by this revision: nobody else can want it yet
};

struct SeenLock {
  SeenRelation relation;
  std::string mode;      ///< "AccessExclusiveLock"
};

struct SeenRewrite {
  SeenRelation relation;
  /// "persistence", "default", "type", "access method", or several of them: as the server tells; where it tells none, by the
  /// words of the statement: "truncate", "cluster", "refresh", "vacuum full"; empty: inside of other code, not known.
  std::string reason;
};

struct SeenScan {
  SeenRelation relation;
  std::uint64_t scans = 0;
  std::uint64_t rows = 0;
};

struct SeenRows {
  SeenRelation relation;
  std::uint64_t inserted = 0;
  std::uint64_t updated = 0;
  std::uint64_t deleted = 0;
};

enum class ConstraintChange { added, added_not_valid, validated, dropped };

struct SeenConstraint {
  ConstraintChange change = ConstraintChange::added;
  SeenRelation relation;
  std::string name;
  std::string type;           ///< "check", "foreign key", "primary key", "unique", "exclusion"
  std::string definition;
  std::string references;     ///< of a foreign key: the other table
};

enum class IndexChange { made, rebuilt, dropped };

struct SeenIndex {
  IndexChange change = IndexChange::made;
  std::string name;
  SeenRelation table;
  std::string definition;
  std::size_t key_columns = 0;
  bool unique = false;
  bool valid = true;
  bool of_constraint = false;   ///< it came or went with a constraint
};

enum class ColumnChange { added, dropped, renamed, retyped, not_null_set, not_null_dropped, default_changed };

struct SeenColumn {
  ColumnChange change = ColumnChange::added;
  SeenRelation relation;
  std::string name;      ///< before a renaming the old one
  std::string before;    ///< type, name or default, as the change is
  std::string after;
};

struct SeenDrop {
  std::string kind;      ///< "table", "type", "function", "table constraint", …
  std::string identity;
  bool cascaded = false; ///< nobody named it
};

/// A relation, type or schema that has another name, or stands in another schema.
struct SeenRename {
  std::string kind;
  std::string before;
  std::string after;
};

enum class LabelChange { added, renamed };

/// A value of an enum type.
struct SeenLabel {
  LabelChange change = LabelChange::added;
  std::string type;
  std::string before;
  std::string after;
};

struct StatementEffects {
  std::string text;                       ///< as it was sent
  Place place;                            ///< in the author's file; line 0: not known
  std::chrono::microseconds duration{0};
  bool in_transaction = true;
  bool failed = false;                    ///< then nothing below is known

  std::vector<SeenLock> taken;            ///< locks that the statement added
  std::vector<SeenLock> held;             ///< all held when it had ended: those of the statements before it too
  std::vector<SeenRewrite> rewrites;
  std::vector<SeenScan> scans;
  std::vector<SeenRows> rows;
  std::vector<SeenConstraint> constraints;
  std::vector<SeenIndex> indexes;
  std::vector<SeenColumn> columns;
  std::vector<SeenDrop> drops;
  std::vector<SeenRename> renames;
  std::vector<SeenLabel> labels;
};

struct StepEffects {
  std::vector<StatementEffects> statements;
  /// False where the user may not make event triggers, or the revision did away with them: then nobody tells why a table was
  /// rewritten, nor which drops came by cascade; dropped functions and triggers are not told at all. Also
  /// where the catalog could not be read, or the step has more than 1000 statements: what comes behind them is not here.
  bool complete = true;
  /// Foreign keys that have no index on their columns at the end of the step, and that were not there, or had one, before it.
  std::vector<SeenConstraint> without_index;
};

}  // namespace cairn
