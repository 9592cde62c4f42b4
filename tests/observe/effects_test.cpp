#include "observe/watched_database.hpp"

#include "observe/describe.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace cairn::test {
namespace {

constexpr const char* users = "CREATE TABLE users (id int PRIMARY KEY, name text, age int);"
                              "INSERT INTO users SELECT n, 'u' || n, n FROM generate_series(1, 10) n;";
constexpr const char* orders = "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (id int, owner int);";

struct EffectCase {
  const char* setup;
  const char* sql;        ///< what the last statement of it did is looked at
  Lines seen;
};

const EffectCase cases[] = {
{users, "ALTER TABLE users ADD COLUMN x int", {}},
{users, "ALTER TABLE users ADD COLUMN x int NOT NULL DEFAULT 5", {}},
{users, "ALTER TABLE users ADD COLUMN x float DEFAULT random()", {}},
{users, "ALTER TABLE users ALTER age TYPE bigint", {}},
{users, "ALTER TABLE users ALTER name TYPE varchar(10)", {}},
{users, "ALTER TABLE users ALTER age SET NOT NULL", {}},
{users, "ALTER TABLE users ADD CONSTRAINT c CHECK (age IS NOT NULL); ALTER TABLE users ALTER age SET NOT NULL", {}},
{users, "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID", {}},
{users, "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT c", {}},
{orders, "ALTER TABLE orders ADD FOREIGN KEY (owner) REFERENCES users", {}},
{users, "CREATE INDEX users_name ON users (name)", {}},
{users, "ALTER TABLE users ADD UNIQUE (name)", {}},
{users, "UPDATE users SET age = 1 WHERE id < 4", {}},
{users, "DELETE FROM users", {}},
{users, "TRUNCATE users", {}},
{users, "ALTER TABLE users ALTER age TYPE bigint; TRUNCATE TABLE ONLY public.users, \"users\" CASCADE", {}},
{users, "CREATE VIEW v AS SELECT * FROM users; DROP TABLE users CASCADE", {}},
{users, "DROP TABLE users", {}},
{users, "ALTER TABLE users RENAME TO people", {}},
{users, "ALTER TABLE users RENAME COLUMN age TO years", {}},
{users, "ALTER TABLE users DROP COLUMN age", {}},
{"CREATE TYPE mood AS ENUM ('a')", "ALTER TYPE mood ADD VALUE 'b'", {}},
{"CREATE TYPE mood AS ENUM ('a')", "ALTER TYPE mood RENAME VALUE 'a' TO 'b'", {}},
{"", "CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE)", {}},
{users, "DO $$ BEGIN UPDATE users SET age = 2; ALTER TABLE users DROP name; END $$", {}},
{users, "CLUSTER users USING users_pkey", {}},
{users, "ALTER TABLE users SET UNLOGGED", {}},
};

TEST(StatementEffects, are_what_the_server_did) {
  for (const EffectCase& row : cases) {
    WatchedDatabase database;
    database.execute(row.setup);
    const StepEffects effects = database.watch(row.sql);
    EXPECT_TRUE(effects.complete);
    EXPECT_EQ(last_of(effects), row.seen) << row.sql;
    if (last_of(effects) != row.seen) printf("{\"%s\", {\"%s\"}},\n", row.sql, join(last_of(effects), "\",\n  \"").c_str());
  }
}

}  // namespace
}  // namespace cairn::test
