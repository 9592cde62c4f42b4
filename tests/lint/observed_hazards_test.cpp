// Each rule against a real server: a revision that it must find something in, and one that it must let pass.
#include "lint/hazards.hpp"

#include "base/text.hpp"
#include "observe/watched_database.hpp"

#include <gtest/gtest.h>

#include <set>
#include <span>

namespace cairn::test {
namespace {

constexpr const char* users = "CREATE TABLE users (id int PRIMARY KEY, name text, age int);";
constexpr const char* orders = "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (id int, buyer int);";
constexpr const char* referring = "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (buyer int REFERENCES users);";
constexpr const char* indexed = "CREATE TABLE users (id int NOT NULL, name text); CREATE UNIQUE INDEX users_id ON users (id);"
                                "CREATE UNIQUE INDEX users_name ON users (name);";
constexpr const char* parted = "CREATE TABLE events (at int) PARTITION BY RANGE (at); CREATE TABLE may (at int);";
constexpr const char* state = "CREATE TYPE state AS ENUM ('new', 'done'); CREATE TABLE t (s state);";
constexpr const char* viewed = "CREATE TABLE users (id int PRIMARY KEY, name text); CREATE VIEW names AS SELECT name FROM users;";
constexpr const char* totals = "CREATE MATERIALIZED VIEW totals AS SELECT 1 AS n; CREATE UNIQUE INDEX ON totals (n);";
constexpr const char* wide = "CREATE TABLE t (a int, b int, c int, d int);";

enum class Sent { in_transaction, alone };

struct HazardRow {
  const char* before;
  const char* sql;
  const char* found;                  ///< the rules, in the order of their names
  Sent sent = Sent::in_transaction;
  Direction direction = Direction::up;
};

std::string rules_of(const HazardRow& row) {
  WatchedDatabase database;
  database.execute(row.before);
  const StepEffects effects = row.sent == Sent::alone ? database.watch_bare(row.sql) : database.watch(row.sql);
  Revision revision;
  revision.id = "a1";
  std::set<std::string> rules;
  for (const Finding& finding : find_hazards(revision, row.direction, effects)) rules.insert(finding.rule);
  return join(std::vector<std::string>(rules.begin(), rules.end()), " ");
}

void expect_found(std::span<const HazardRow> table) {
  for (const HazardRow& row : table) EXPECT_EQ(rules_of(row), row.found) << row.sql;
}

TEST(ObservedHazards, of_indexes) {
  const HazardRow table[] = {
      {users, "CREATE INDEX i ON users (name)", "index-blocks-writes"},
      {users, "CREATE INDEX i ON users (name)", "index-blocks-writes", Sent::alone},
      {users, "CREATE INDEX i ON users (name)", "index-blocks-writes", Sent::in_transaction, Direction::down},
      {users, "CREATE INDEX CONCURRENTLY i ON users (name)", "", Sent::alone},
      {users, "DO $$ BEGIN CREATE INDEX i ON users (name); END $$", "index-blocks-writes"},
      {"", "CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE); CREATE INDEX ON t (b); ANALYZE t", ""},
      {indexed, "DROP INDEX users_name", "index-drop-locks"},
      {indexed, "DROP INDEX CONCURRENTLY users_name", "", Sent::alone},
      {indexed, "DROP INDEX users_name", "", Sent::in_transaction, Direction::down},
      {indexed, "ALTER TABLE users DROP name", "column-dropped"},
      {indexed, "REINDEX INDEX users_name", "index-rebuild-locks"},
      {indexed, "REINDEX TABLE users", "index-rebuild-locks"},
      {indexed, "REINDEX INDEX CONCURRENTLY users_name", "", Sent::alone},
      {wide, "CREATE INDEX CONCURRENTLY ON t (a, b, c, d)", "index-wide", Sent::alone},
      {wide, "CREATE INDEX CONCURRENTLY ON t (a, b, c) INCLUDE (d)", "", Sent::alone},
      {wide, "CREATE UNIQUE INDEX CONCURRENTLY ON t (a, b, c, d)", "", Sent::alone},
      {orders, "ALTER TABLE orders ADD FOREIGN KEY (buyer) REFERENCES users NOT VALID", "foreign-key-without-index"},
      {orders, "ALTER TABLE orders ADD FOREIGN KEY (buyer) REFERENCES users NOT VALID; CREATE INDEX ON orders (buyer)", "index-blocks-writes"},
      {users, "CREATE TABLE orders (buyer int REFERENCES users)", "foreign-key-without-index"},
      {users, "CREATE TABLE orders (buyer int REFERENCES users); CREATE INDEX ON orders (buyer)", ""},
      {referring, "ALTER TABLE orders ADD x int", ""},
  };
  expect_found(table);
}

TEST(ObservedHazards, of_constraints) {
  const HazardRow table[] = {
      {users, "ALTER TABLE users ADD CHECK (age > 0)", "check-scans"},
      {users, "ALTER TABLE users ADD CHECK (age > 0) NOT VALID", ""},
      {"CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID", "ALTER TABLE t VALIDATE CONSTRAINT c", ""},
      {orders, "CREATE INDEX CONCURRENTLY ON orders (buyer)", "", Sent::alone},
      {"CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (buyer int); CREATE INDEX ON orders (buyer)",
       "ALTER TABLE orders ADD FOREIGN KEY (buyer) REFERENCES users", "foreign-key-scans"},
      {"CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (buyer int); CREATE INDEX ON orders (buyer)",
       "ALTER TABLE orders ADD FOREIGN KEY (buyer) REFERENCES users NOT VALID", ""},
      {orders, "ALTER TABLE orders ADD COLUMN seller int REFERENCES users", "foreign-key-without-index"},
      {users, "ALTER TABLE users ALTER name SET NOT NULL", "not-null-scans"},
      {"CREATE TABLE users (name text CHECK (name IS NOT NULL))", "ALTER TABLE users ALTER name SET NOT NULL", ""},
      {users, "ALTER TABLE users ADD UNIQUE (name)", "constraint-builds-index"},
      {"CREATE TABLE users (id int)", "ALTER TABLE users ADD PRIMARY KEY (id)", "constraint-builds-index"},
      {indexed, "ALTER TABLE users ADD UNIQUE USING INDEX users_name", ""},
      {indexed, "ALTER TABLE users ADD PRIMARY KEY USING INDEX users_name", "primary-key-scans"},
      {indexed, "ALTER TABLE users ADD PRIMARY KEY USING INDEX users_id", ""},
      {users, "ALTER TABLE users ADD EXCLUDE (name WITH =)", "exclusion-builds-index"},
      {"", "CREATE TABLE t (a int, EXCLUDE (a WITH =)); ALTER TABLE t ADD CHECK (a > 0), ALTER a SET NOT NULL", ""},
      {parted, "ALTER TABLE events ATTACH PARTITION may FOR VALUES FROM (1) TO (2)", "attach-scans"},
      {"CREATE TABLE events (at int) PARTITION BY RANGE (at); CREATE TABLE may (at int NOT NULL CHECK (at >= 1 AND at < 2));",
       "ALTER TABLE events ATTACH PARTITION may FOR VALUES FROM (1) TO (2)", ""},
  };
  expect_found(table);
}

TEST(ObservedHazards, of_rewrites) {
  const HazardRow table[] = {
      {users, "ALTER TABLE users ALTER age TYPE bigint", "column-retyped table-rewritten"},
      {users, "ALTER TABLE users ALTER age TYPE bigint", "table-rewritten", Sent::in_transaction, Direction::down},
      {"CREATE TABLE t (a varchar(10))", "ALTER TABLE t ALTER a TYPE varchar(20)", ""},
      {"CREATE TABLE t (a varchar(10))", "ALTER TABLE t ALTER a TYPE text", ""},
      {"CREATE TABLE t (a varchar(20))", "ALTER TABLE t ALTER a TYPE varchar(10)", "column-retyped table-rewritten"},
      {users, "ALTER TABLE users ADD token uuid DEFAULT gen_random_uuid()", "table-rewritten"},
      {users, "ALTER TABLE users ADD token uuid; ALTER TABLE users ALTER token SET DEFAULT gen_random_uuid()", "alter-in-one"},
      {users, "ALTER TABLE users ADD double int GENERATED ALWAYS AS (age * 2) STORED", "table-rewritten"},
      {users, "ALTER TABLE users ADD number bigserial", "table-rewritten"},
      {users, "ALTER TABLE users ADD state text NOT NULL DEFAULT 'new'", ""},
      {users, "ALTER TABLE users SET UNLOGGED", "table-rewritten"},
      {users, "CLUSTER users USING users_pkey", "table-rewritten"},
      {users, "VACUUM FULL users", "table-rewritten", Sent::alone},
      {users, "VACUUM users", "", Sent::alone},
      {"", "CREATE TABLE t (a int); ALTER TABLE t ALTER a TYPE bigint", ""},
      {totals, "REFRESH MATERIALIZED VIEW totals", "refresh-blocks-reads"},
      {totals, "REFRESH MATERIALIZED VIEW CONCURRENTLY totals", ""},
  };
  expect_found(table);
}

TEST(ObservedHazards, of_names_and_columns) {
  const HazardRow table[] = {
      {users, "ALTER TABLE users RENAME name TO title", "column-renamed"},
      {users, "ALTER TABLE users RENAME TO people", "table-renamed"},
      {users, "CREATE SCHEMA app; ALTER TABLE users SET SCHEMA app", "table-renamed"},
      {viewed, "ALTER VIEW names RENAME TO titles", "table-renamed"},
      {indexed, "ALTER INDEX users_name RENAME TO by_name", ""},
      {"", "CREATE TABLE t (a int); ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME a TO b", ""},
      {"CREATE SCHEMA app CREATE TABLE t (a int)", "ALTER SCHEMA app RENAME TO shop", "schema-renamed"},
      {"", "CREATE SCHEMA app", ""},
      {state, "ALTER TYPE state RENAME TO status", "type-renamed"},
      {state, "ALTER TYPE state RENAME VALUE 'done' TO 'over'", "enum-value-renamed"},
      {state, "ALTER TYPE state ADD VALUE 'over'", ""},
      {users, "ALTER TABLE users RENAME name TO title", "", Sent::in_transaction, Direction::down},
      {users, "ALTER TABLE users DROP name", "column-dropped"},
      {users, "ALTER TABLE users DROP name", "", Sent::in_transaction, Direction::down},
      {users, "ALTER TABLE users ADD settings json", "column-json"},
      {users, "ALTER TABLE users ADD settings jsonb", ""},
      {"", "CREATE TABLE t (settings json)", ""},
      {users, "ALTER TABLE users ADD state text NOT NULL", "column-needs-value"},
      {users, "ALTER TABLE users ADD state text NOT NULL", "column-needs-value", Sent::in_transaction, Direction::down},
      {users, "ALTER TABLE users ADD state text", ""},
      {users, "TRUNCATE users; ALTER TABLE users ADD state text NOT NULL", "lock-held-on table-truncated"},
      {users, "ALTER TABLE users ADD state text NOT NULL DEFAULT '', ADD CHECK (state IS NOT NULL) NOT VALID", ""},
  };
  expect_found(table);
}

TEST(ObservedHazards, of_drops) {
  const HazardRow table[] = {
      {users, "DROP TABLE users", "table-dropped"},
      {users, "DROP TABLE users", "", Sent::in_transaction, Direction::down},
      {"", "CREATE TABLE t (a int); DROP TABLE t", ""},
      {users, "DROP TABLE IF EXISTS users CASCADE; CREATE TABLE users (id int)", "table-dropped"},
      {viewed, "DROP VIEW names", "view-dropped"},
      {viewed, "DROP VIEW names; CREATE VIEW names AS SELECT id, name FROM users", ""},
      {viewed, "ALTER TABLE users DROP name CASCADE", "column-dropped drop-cascades"},
      {referring, "DROP TABLE users CASCADE", "drop-cascades table-dropped"},
      {"CREATE SCHEMA app CREATE TABLE t (a int)", "DROP SCHEMA app CASCADE", "cascade-loses-data"},
      {"CREATE SCHEMA app CREATE TABLE t (a int)", "DROP SCHEMA app CASCADE", "", Sent::in_transaction, Direction::down},
      {"CREATE SCHEMA app", "DROP SCHEMA app CASCADE", ""},
      {state, "DROP TYPE state CASCADE", "cascade-loses-data column-dropped"},
      {"CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p)", "DROP TABLE p CASCADE", "cascade-loses-data table-dropped"},
      {"CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT", "DROP TABLE p CASCADE", "table-dropped"},
      {"CREATE TABLE t (id serial PRIMARY KEY, a text DEFAULT 'x' UNIQUE); CREATE INDEX ON t (a)", "DROP TABLE t", "table-dropped"},
  };
  expect_found(table);
}

TEST(ObservedHazards, of_rows) {
  const HazardRow table[] = {
      {users, "TRUNCATE users", "table-truncated"},
      {users, "TRUNCATE users", "table-truncated", Sent::in_transaction, Direction::down},
      {referring, "TRUNCATE users CASCADE", "table-truncated truncate-cascades"},
      {referring, "TRUNCATE public.orders, users", "table-truncated"},
      {"", "CREATE TABLE t (a int); TRUNCATE t", ""},
      {users, "UPDATE users SET age = 1", "all-rows-updated"},
      {users, "UPDATE users SET age = 1 WHERE id = 7", ""},
      {users, "UPDATE users SET age = 1 WHERE age IS NULL", ""},
      {users, "DELETE FROM users", "all-rows-deleted"},
      {users, "DELETE FROM users WHERE id = 7", ""},
      {users, "ALTER TABLE users ADD state text; UPDATE users SET state = 'new' WHERE state IS NULL", "backfill-locks"},
      {users, "ALTER TABLE users ADD state text; UPDATE users SET state = 'new' WHERE id = 7", ""},
      {users, "UPDATE users SET age = 0 WHERE age IS NULL; ALTER TABLE users ALTER age SET DEFAULT 0", ""},
      {"", "CREATE TABLE t (a int); INSERT INTO t VALUES (1); UPDATE t SET a = 2; DELETE FROM t", ""},
  };
  expect_found(table);
}

TEST(ObservedHazards, of_locks) {
  const HazardRow table[] = {
      {orders, "ALTER TABLE users ADD a int; SELECT count(*) FROM orders", "lock-held-on"},
      {orders, "SELECT count(*) FROM orders; ALTER TABLE users ADD a int", ""},
      {orders, "ALTER TABLE users ADD a int; CREATE TABLE t (a int); INSERT INTO t SELECT 1; SELECT count(*) FROM t", ""},
      {orders, "ALTER TABLE users ADD a int; ALTER TABLE orders ALTER buyer TYPE bigint", "column-retyped lock-held-on table-rewritten"},
      {orders, "LOCK TABLE users IN SHARE MODE", "table-locked"},
      {orders, "LOCK TABLE users IN ROW EXCLUSIVE MODE", ""},
      {users, "ALTER TABLE users ADD a int; ALTER TABLE public.users ADD b int", "alter-in-one"},
      {users, "ALTER TABLE users ADD a int, ADD b int", ""},
      {orders, "ALTER TABLE users ADD a int; ALTER TABLE orders ADD b int", ""},
      {users, "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID; ALTER TABLE users ENABLE ROW LEVEL SECURITY", "alter-in-one"},
      {"", "CREATE TABLE t (a int); ALTER TABLE t ADD b int; ALTER TABLE t ADD c int", ""},
  };
  expect_found(table);
}

}  // namespace
}  // namespace cairn::test
