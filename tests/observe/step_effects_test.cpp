#include "engine/engine_database.hpp"
#include "observe/watched_database.hpp"

#include "observe/describe.hpp"

#include <gtest/gtest.h>

#include <fmt/core.h>

namespace cairn::test {
namespace {

constexpr Flags bare{.transactional = false};

/// Each statement with its place, then what it did, locks left out.
Lines told_by(const StepEffects& effects) {
  Lines lines;
  for (const StatementEffects& statement : effects.statements) {
    lines.push_back(fmt::format("{} ({})", statement.text, describe(statement.place)));
    for (const std::string& line : without_locks(describe(statement))) lines.push_back("  " + line);
  }
  return lines;
}

/// Revisions run by the engine while somebody looks on.
class StepEffectsTest : public testing::Test {
 protected:
  StepEffectsTest() {
    run_.watched = true;
    database_.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1), (2); CREATE TABLE keyed (id int PRIMARY KEY)");
  }

  /// Nothing of ours is left behind.
  void expect_nothing_left() {
    EXPECT_EQ(database_.value("SELECT count(*) FROM pg_event_trigger"), "0");
    EXPECT_EQ(database_.value("SELECT count(*) FROM pg_proc WHERE proname LIKE 'cairn\\_%'"), "0");
  }

  EngineDatabase database_;
  WatchedChannel channel_{database_.channel(), {{"public", "alembic_version"}, {"public", "cairn_journal"}}};
  ScriptedRun run_{channel_};
};

TEST_F(StepEffectsTest, tell_of_each_statement_of_a_file_and_of_what_verifies_it) {
  run_.verified("a", "-- first\nCREATE TABLE x (a int);\nINSERT INTO x SELECT a FROM t;\n  ALTER TABLE t ADD b int;",
                "SELECT 1 FROM x WHERE a > 5;");
  EXPECT_EQ(told(run_.run()), "no error");
  const StepEffects effects = channel_.take();
  EXPECT_TRUE(effects.complete);
  EXPECT_EQ(told_by(effects), (Lines{"CREATE TABLE x (a int) (a/up.sql, line 2, column 1)",
                                     "INSERT INTO x SELECT a FROM t (a/up.sql, line 3, column 1)",
                                     "  reads table public.t wholly, 3 rows",
                                     "  writes 3 rows into fresh table public.x (3 inserted)",
                                     "ALTER TABLE t ADD b int (a/up.sql, line 4, column 3)",
                                     "  adds column b of table public.t (integer)",
                                     "SELECT 1 FROM x WHERE a > 5 (a/verify.sql, line 1, column 1)",
                                     "  reads fresh table public.x wholly, 3 rows"}));
  expect_nothing_left();
}

TEST_F(StepEffectsTest, tell_of_all_locks_that_are_held_since_the_beginning) {
  EXPECT_EQ(told(run_.sql("a", "LOCK TABLE t; SELECT 1; CREATE TABLE x ();").run()), "no error");
  const StepEffects effects = channel_.take();
  ASSERT_EQ(effects.statements.size(), 3u);
  EXPECT_TRUE(effects.statements[1].taken.empty());
  ASSERT_EQ(effects.statements[1].held.size(), 1u);
  EXPECT_EQ(effects.statements[1].held[0].mode, "AccessExclusiveLock");
  ASSERT_EQ(effects.statements[2].held.size(), 2u);
  EXPECT_EQ(effects.statements[2].held[0].relation.name, "public.t");
  EXPECT_TRUE(effects.statements[2].held[1].relation.fresh);
}

TEST_F(StepEffectsTest, call_a_relation_fresh_only_within_its_step) {
  run_.sql("a", "CREATE TABLE x (a int); ALTER TABLE x ADD b int;");
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(without_locks(last_of(channel_.take())), Lines{"adds column b of fresh table public.x (integer)"});
  channel_.exchange(MarkedMessage("BEGIN;", "ALTER TABLE x ADD c int", "COMMIT"));
  EXPECT_EQ(without_locks(last_of(channel_.take())), Lines{"adds column c of table public.x (integer)"});
}

TEST_F(StepEffectsTest, tell_of_several_steps_in_one_message) {
  EXPECT_EQ(told(run_.sql("a", "DROP TABLE keyed;").sql("b", "ALTER TABLE t ADD b int;").run()), "no error");
  EXPECT_EQ(told_by(channel_.take()), (Lines{"DROP TABLE keyed (a/up.sql, line 1, column 1)", "  drops table public.keyed",
                                             "ALTER TABLE t ADD b int (b/up.sql, line 1, column 1)",
                                             "  adds column b of table public.t (integer)"}));
  expect_nothing_left();
}

TEST_F(StepEffectsTest, tell_of_code_that_asks_and_returns_to_savepoints_and_copies) {
  run_.code("c", [](StepHost& host) {
    host.execute("ALTER TABLE t ADD b int; DROP TABLE keyed", call_at("c", 3));
    host.query("SELECT count(*) FROM t", {}, call_at("c", 4));
    host.savepoint(SavepointAction::begin, call_at("c", 5));
    host.run("UPDATE t SET a = $1", {Cell("7")}, call_at("c", 6));
    host.savepoint(SavepointAction::rollback, call_at("c", 7));
    host.begin_copy_in("COPY t (a) FROM STDIN", call_at("c", 8));
    host.write_copy("8\n9\n");
    EXPECT_EQ(host.end_copy_in({}), 2u);
    host.begin_copy_out("COPY t (a) TO STDOUT", call_at("c", 9));
    std::string rows;
    for (std::string_view piece = host.read_copy(); !piece.empty(); piece = host.read_copy()) rows += piece;
    EXPECT_EQ(rows, "1\n1\n2\n8\n9\n");
    EXPECT_EQ(host.end_copy_out(), 5u);
    host.execute("CREATE TABLE x ()", call_at("c", 10));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  const StepEffects effects = channel_.take();
  EXPECT_TRUE(effects.complete);
  EXPECT_EQ(told_by(effects), (Lines{"ALTER TABLE t ADD b int (c.cpp, line 3)", "  adds column b of table public.t (integer)",
                                     "DROP TABLE keyed (c.cpp, line 3)", "  drops table public.keyed",
                                     "SELECT count(*) FROM t (c.cpp, line 4)", "  reads table public.t wholly, 3 rows",
                                     "UPDATE t SET a = $1 (c.cpp, line 6)", "  reads table public.t wholly, 3 rows",
                                     "  writes 3 rows into table public.t (3 updated)",
                                     "COPY t (a) FROM STDIN ()", "  writes 2 rows into table public.t (2 inserted)",
                                     "COPY t (a) TO STDOUT ()", "  reads table public.t wholly, 5 rows",
                                     "CREATE TABLE x () (c.cpp, line 10)"}));
  EXPECT_EQ(database_.value("SELECT string_agg(a::text, ' ') FROM t"), "1 1 2 8 9");
  expect_nothing_left();
}

TEST_F(StepEffectsTest, let_code_recover_from_a_failure) {
  run_.code("c", [](StepHost& host) {
    host.savepoint(SavepointAction::begin, call_at("c", 5));
    EXPECT_THROW(host.run("UPDATE nowhere SET a = 1", {}, call_at("c", 6)), HostCallFailed);
    host.savepoint(SavepointAction::rollback, call_at("c", 7));
    host.savepoint(SavepointAction::begin, call_at("c", 8));
    host.begin_copy_in("COPY t FROM STDIN", call_at("c", 9));
    host.write_copy("not a number\n");
    EXPECT_THROW(host.end_copy_in({}), HostCallFailed);
    host.savepoint(SavepointAction::rollback, call_at("c", 10));
    host.run("DROP TABLE keyed", {}, call_at("c", 11));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(told_by(channel_.take()), (Lines{"UPDATE nowhere SET a = 1 (c.cpp, line 6)", "  failed", "COPY t FROM STDIN ()", "  failed",
                                             "DROP TABLE keyed (c.cpp, line 11)", "  drops table public.keyed"}));
  expect_nothing_left();
}

TEST_F(StepEffectsTest, are_none_of_a_statement_that_failed) {
  EXPECT_EQ(told(run_.sql("a", "DROP TABLE keyed;\nSELECT é FROM t;").run()),
            "9: revision a failed: column \"é\" does not exist (a/up.sql, line 2, column 8)");
  EXPECT_EQ(told_by(channel_.take()), (Lines{"DROP TABLE keyed (a/up.sql, line 1, column 1)", "  drops table public.keyed",
                                             "SELECT é FROM t (a/up.sql, line 2, column 1)", "  failed"}));
  EXPECT_EQ(database_.value("SELECT count(*) FROM keyed"), "0");
  expect_nothing_left();
}

TEST_F(StepEffectsTest, tell_of_what_runs_outside_a_transaction_all_but_its_locks) {
  run_.sql("a", "CREATE INDEX CONCURRENTLY t_a ON t (a);\nVACUUM FULL t;\nUPDATE t SET a = 3 WHERE a = 2;\nSET ROLE pg_monitor;\n"
                "SELECT 1;\nRESET ROLE;\nDROP INDEX CONCURRENTLY t_a;\nREINDEX TABLE CONCURRENTLY keyed;\nDROP TABLE keyed CASCADE;", bare);
  EXPECT_EQ(told(run_.run()), "no error");
  const StepEffects effects = channel_.take();
  EXPECT_EQ(told_by(effects), (Lines{"CREATE INDEX CONCURRENTLY t_a ON t (a) (a/up.sql, line 1, column 1)",
                                     "  reads table public.t wholly, 6 rows", "  makes index public.t_a of table public.t",
                                     "VACUUM FULL t (a/up.sql, line 2, column 1)", "  rewrites table public.t (vacuum full)",
                                     "  reads table public.t wholly, 6 rows", "  rebuilds index public.t_a of table public.t",
                                     "UPDATE t SET a = 3 WHERE a = 2 (a/up.sql, line 3, column 1)",
                                     "  reads table public.t wholly, 3 rows", "  writes 1 row into table public.t (1 updated)",
                                     "SET ROLE pg_monitor (a/up.sql, line 4, column 1)", "SELECT 1 (a/up.sql, line 5, column 1)",
                                     "RESET ROLE (a/up.sql, line 6, column 1)",
                                     "DROP INDEX CONCURRENTLY t_a (a/up.sql, line 7, column 1)", "  drops index public.t_a of table public.t",
                                     "REINDEX TABLE CONCURRENTLY keyed (a/up.sql, line 8, column 1)",
                                     "  reads table public.keyed wholly, 0 rows",
                                     "  rebuilds unique index public.keyed_pkey of table public.keyed, for a constraint",
                                     "DROP TABLE keyed CASCADE (a/up.sql, line 9, column 1)", "  drops table public.keyed"}));
  for (const StatementEffects& statement : effects.statements) {
    EXPECT_FALSE(statement.in_transaction);
    EXPECT_TRUE(statement.taken.empty() && statement.held.empty()) << statement.text;
  }
  EXPECT_TRUE(effects.complete);
  expect_nothing_left();
}

TEST_F(StepEffectsTest, leave_nothing_behind_whatever_is_set_outside_a_transaction) {
  run_.sql("a", "SET default_transaction_read_only = on;\nSET ROLE pg_monitor;\nSET session_replication_role = replica;\n"
                "DROP TABLE keyed", bare);
  EXPECT_EQ(told(run_.run()), 
            "10: revision a stopped half-way at statement 3: permission denied to set parameter \"session_replication_role\" "
            "(a/up.sql, line 3)");
  expect_nothing_left();
}

TEST_F(StepEffectsTest, leave_nothing_behind_of_a_failure_outside_a_transaction) {
  run_.sql("a", "CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);", bare);
  EXPECT_EQ(told(run_.run()), "10: revision a stopped half-way at statement 1: could not create unique index \"t_a\" (a/up.sql, line 1)");
  const StepEffects effects = channel_.take();
  EXPECT_EQ(told_by(effects), (Lines{"CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a) (a/up.sql, line 1, column 1)", "  failed"}));
  expect_nothing_left();
}

struct KeyCase {
  const char* before;
  const char* sql;
  Lines without_index;
};

const KeyCase keys[] = {
    {"", "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES keyed", {"foreign key k of table public.t has no index"}},
    {"", "CREATE TABLE x (k int CONSTRAINT k REFERENCES keyed)",
     {"foreign key k of fresh table public.x has no index"}},
    {"", "CREATE TABLE x (k int REFERENCES keyed); CREATE INDEX ON x (k)", {}},
    {"", "CREATE TABLE x (k int PRIMARY KEY REFERENCES keyed)", {}},
    {"", "CREATE TABLE x (k int CONSTRAINT k REFERENCES keyed, b int); CREATE INDEX ON x (b, k)",
     {"foreign key k of fresh table public.x has no index"}},
    {"", "CREATE TABLE x (k int CONSTRAINT k REFERENCES keyed); CREATE INDEX ON x (k) WHERE k > 1",
     {"foreign key k of fresh table public.x has no index"}},
    {"", "CREATE TABLE x (k int CONSTRAINT k REFERENCES keyed); CREATE INDEX ON x USING brin (k)",
     {"foreign key k of fresh table public.x has no index"}},
    {"CREATE TABLE two (a int, b int, PRIMARY KEY (a, b))",
     "CREATE TABLE x (a int, b int, c int, FOREIGN KEY (a, b) REFERENCES two); CREATE INDEX ON x (b, a, c)", {}},
    {"CREATE TABLE x (k int CONSTRAINT k REFERENCES keyed)", "INSERT INTO x VALUES (NULL); ALTER TABLE x ADD b int", {}},
    {"CREATE TABLE x (k int CONSTRAINT k REFERENCES keyed); CREATE INDEX i ON x (k)", "DROP INDEX i",
     {"foreign key k of table public.x has no index"}},
    {"CREATE TABLE x (k int CONSTRAINT k REFERENCES keyed)", "ALTER TABLE x ALTER k TYPE bigint", {}},
    {"CREATE TABLE x (k int CONSTRAINT k REFERENCES keyed)", "ALTER TABLE x DROP CONSTRAINT k", {}},
};

TEST(StepEffects, name_foreign_keys_that_are_left_without_an_index) {
  WatchedDatabase database;
  for (const KeyCase& row : keys) {
    database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE t (a int); CREATE TABLE keyed (id int PRIMARY KEY)");
    database.execute(row.before);
    Lines lines;
    for (const SeenConstraint& key : database.watch(row.sql).without_index) lines.push_back(describe_missing_index(key));
    EXPECT_EQ(lines, row.without_index) << row.sql;
  }
}

TEST(StepEffects, are_not_complete_for_a_user_who_may_not_make_event_triggers) {
  WatchedDatabase().execute("CREATE ROLE watched_owner LOGIN");
  WatchedDatabase database({.owner = "watched_owner"});
  const StepEffects effects = database.watch("CREATE SCHEMA s; CREATE TABLE s.t (a int); CREATE VIEW s.v AS SELECT * FROM s.t;"
                                             "ALTER TABLE s.t ADD b serial; DROP TABLE s.t CASCADE");
  EXPECT_FALSE(effects.complete);
  ASSERT_EQ(effects.statements.size(), 5u);
  EXPECT_EQ(without_locks(describe(effects.statements[3])), (Lines{"rewrites fresh table s.t", "reads fresh table s.t wholly, 0 rows",
                                                                   "adds column b of fresh table s.t (integer)"}));
  EXPECT_EQ(without_locks(last_of(effects)), (Lines{"drops table s.t", "drops view s.v"}));
}

}  // namespace
}  // namespace cairn::test
