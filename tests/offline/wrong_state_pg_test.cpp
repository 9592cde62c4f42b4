#include "script_database.hpp"

#include <cairn/abi.h>
#include <gtest/gtest.h>

// A script that must not be applied, or not wholly: what psql says, and what the database is afterwards.

namespace cairn::test {
namespace {

constexpr int psql_stopped = 3;

class WrongState : public testing::Test {
 protected:
  WrongState() {
    project_.add({.id = "a1", .up = "CREATE TABLE a (id int)", .down = "DROP TABLE a"})
        .add({.id = "b1", .down_revisions = {"a1"}, .up = "CREATE TABLE b ()", .down = "DROP TABLE b"});
  }

  /// psql stops with this, and nothing at all is changed.
  void expect_refused(const Words& script, const std::string& with) {
    const Words before = everything();
    const Finished finished = apply_script(database_, project_.script(script));
    EXPECT_EQ(finished.code, psql_stopped);
    EXPECT_NE(finished.err.find(with), std::string::npos) << finished.err;
    EXPECT_EQ(everything(), before);
  }

  Words everything() {
    Words all = catalog_of(database_);
    for (const std::string& line : state_of(database_)) all.push_back(line);
    return all;
  }

  void require_online(const Words& words) {
    const Finished finished = project_.cairn(words, database_.url());
    ASSERT_TRUE(finished.ok()) << finished.err;
  }

  ScriptProject project_;
  TestDatabase database_;
};

TEST_F(WrongState, is_refused_when_a_script_is_applied_twice) {
  const std::string script = project_.script({"upgrade", "--sql", "head"});
  ASSERT_TRUE(apply_script(database_, script).ok());
  expect_refused({"upgrade", "--sql", "head"}, "cairn: the version rows are {b1}, expected {}");
}

TEST_F(WrongState, is_refused_on_an_empty_database_when_something_should_be_there) {
  expect_refused({"upgrade", "--sql", "a1:head"}, "cairn: the version rows are {}, expected {a1}");
  expect_refused({"downgrade", "--sql", "a1:base"}, "cairn: the version rows are {}, expected {a1}");
  expect_refused({"stamp", "--sql", "a1:head"}, "cairn: the version rows are {}, expected {a1}");
}

TEST_F(WrongState, is_refused_when_there_is_a_row_too_many) {
  require_online({"upgrade", "a1"});
  database_.execute("INSERT INTO alembic_version VALUES ('other')");
  expect_refused({"upgrade", "--sql", "a1:head"}, "cairn: the version rows are {a1,other}, expected {a1}");
}

TEST_F(WrongState, is_refused_while_somebody_else_is_at_work) {
  require_online({"upgrade", "a1"});
  // The key as Cairn makes it: the first eight bytes of a digest.
  database_.execute(R"(SELECT pg_advisory_lock(('x' || left(encode(sha256('cairn/v1\000public\000alembic_version'), 'hex'), 16))::bit(64)::bigint))");
  expect_refused({"upgrade", "--sql", "a1:head"}, "cairn: another run or script is at work on this database");
}

TEST_F(WrongState, is_refused_when_the_tables_have_another_layout) {
  require_online({"upgrade", "a1"});
  database_.execute("ALTER TABLE cairn_journal RENAME COLUMN client TO who");
  expect_refused({"upgrade", "--sql", "a1:head"}, "has another layout than this script writes");
  database_.execute("ALTER TABLE cairn_journal RENAME COLUMN who TO client; ALTER TABLE cairn_journal ADD COLUMN more text");
  database_.execute("ALTER TABLE alembic_version ADD COLUMN more text");
  ASSERT_TRUE(apply_script(database_, project_.script({"upgrade", "--sql", "a1:head"})).ok());
  database_.execute("ALTER TABLE alembic_version RENAME COLUMN version_num TO number");
  EXPECT_NE(apply_script(database_, project_.script({"downgrade", "--sql", "b1:a1"})).err.find("has another layout than this script writes"),
            std::string::npos);
}

TEST_F(WrongState, is_refused_when_a_revision_was_stopped_half_way) {
  project_.add({.id = "c1", .down_revisions = {"b1"}, .up = "CREATE TABLE c (); VACUUM nothing", .down = "DROP TABLE c",
                .flags = CAIRN_FLAG_NON_TRANSACTIONAL});
  require_online({"upgrade", "b1"});
  ASSERT_EQ(project_.cairn({"upgrade", "c1"}, database_.url()).code, 10);
  expect_refused({"upgrade", "--sql", "b1:c1"}, "cairn: revision c1 was stopped half-way");
  // A stamp is what a person says after looking.
  EXPECT_TRUE(apply_script(database_, project_.script({"stamp", "--sql", "b1:c1"})).ok());
}

TEST_F(WrongState, is_refused_by_a_server_that_is_too_old) {
  project_.add({.id = "c1", .down_revisions = {"b1"}, .up = "CREATE TABLE c ()", .min_server_version = 990000});
  expect_refused({"upgrade", "--sql", "head"}, "cairn: this script needs PostgreSQL 99 or newer");
}

TEST_F(WrongState, that_comes_up_between_two_revisions_undoes_only_the_second) {
  project_.add({.id = "c1", .down_revisions = {"b1"}, .up = "CREATE TABLE c (); INSERT INTO alembic_version VALUES ('x')",
                .down = "DROP TABLE c"});
  const Finished finished = apply_script(database_, project_.script({"upgrade", "--sql", "head"}));
  EXPECT_EQ(finished.code, psql_stopped);
  EXPECT_NE(finished.err.find("cairn: version rows are {b1,x}, expected {b1}"), std::string::npos) << finished.err;
  EXPECT_EQ(database_.value("SELECT concat_ws('|', to_regclass('b'), to_regclass('c'))"), "b");
  EXPECT_EQ(database_.column("SELECT version_num FROM alembic_version"), Words{"b1"});
}

TEST_F(WrongState, is_what_a_verify_step_finds) {
  project_.add({.id = "c1", .down_revisions = {"b1"}, .up = "INSERT INTO a VALUES (4711)", .down = "DELETE FROM a",
                .verify = "SELECT id FROM a WHERE id > 1000"});
  const Finished finished = apply_script(database_, project_.script({"upgrade", "--sql", "head"}));
  EXPECT_EQ(finished.code, psql_stopped);
  EXPECT_NE(finished.err.find("cairn: verify found {\"id\":4711}"), std::string::npos) << finished.err;
  EXPECT_EQ(database_.value("SELECT count(*) FROM a"), "0");
  EXPECT_EQ(database_.column("SELECT version_num FROM alembic_version"), Words{"b1"});
  // What was applied stays applied, and the next script begins there.
  EXPECT_EQ(apply_script(database_, project_.script({"downgrade", "--sql", "b1:base"})).code, 0);
}

TEST_F(WrongState, is_known_when_psql_dies_outside_a_transaction) {
  project_.add({.id = "c1", .down_revisions = {"b1"}, .up = "CREATE TABLE c (); VACUUM nothing; CREATE TABLE d ()",
                .down = "DROP TABLE c", .flags = CAIRN_FLAG_NON_TRANSACTIONAL});
  EXPECT_EQ(apply_script(database_, project_.script({"upgrade", "--sql", "head"})).code, psql_stopped);
  const Finished next = project_.cairn({"upgrade", "head"}, database_.url());
  EXPECT_EQ(next.code, 10);
  EXPECT_NE(next.err.find("revision c1 was stopped in its upgrade: statement 2 was started and never seen to end"), std::string::npos)
      << next.err;
}

}  // namespace
}  // namespace cairn::test
