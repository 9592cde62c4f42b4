#include "engine/engine_database.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

namespace cairn::test {
namespace {

struct Leak {
  const char* sql;
  const char* is_gone;   ///< a condition of the revision behind it
};

const Leak leaks[] = {
    {"SET search_path = ''", "current_setting('search_path') = '\"$user\", public'"},
    {"SET ROLE weak", "current_user = 'tester'"},
    {"SET SESSION AUTHORIZATION weak", "session_user = 'tester'"},
    {"SET SESSION AUTHORIZATION weak; SET ROLE weak", "session_user = 'tester' AND current_user = 'tester'"},
    {"PREPARE leaked AS SELECT 1", "NOT EXISTS (SELECT FROM pg_prepared_statements)"},
    {"CREATE TEMP TABLE leaked (id int)", "to_regclass('pg_temp.leaked') IS NULL"},
    {"LISTEN leaked", "NOT EXISTS (SELECT FROM pg_listening_channels())"},
    {"DECLARE leaked CURSOR WITH HOLD FOR SELECT 1", "NOT EXISTS (SELECT FROM pg_cursors WHERE is_holdable)"},
    {"SET standard_conforming_strings = off", "'\\' = chr(92)"},
    {"SET default_transaction_read_only = on", "current_setting('transaction_read_only') = 'off'"},
    {"SET default_transaction_isolation = 'serializable'", "current_setting('transaction_isolation') = 'read committed'"},
    {"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "current_setting('transaction_read_only') = 'off'"},
    {"SET statement_timeout = '1h'", "current_setting('statement_timeout') = '0'"},
    {"SET lock_timeout = '1h'", "current_setting('lock_timeout') IN ('0', '100ms')"},
    {"SET client_encoding = 'LATIN1'", "current_setting('client_encoding') = 'UTF8'"},
    {"SET application_name = 'leaked'", "current_setting('application_name') IN ('cairn', 'cairn b')"},
    {"SET session_replication_role = replica", "current_setting('session_replication_role') = 'origin'"},
    {"SELECT set_config('my.own', 'leaked', false)", "current_setting('my.own', true) IS DISTINCT FROM 'leaked'"},
};

enum class Leaker { window, live, bare };

std::string probe(const Leak& leak) {
  return fmt::format("SELECT 1 / (CASE WHEN {} THEN 1 ELSE 0 END); CREATE TABLE b (id int);", leak.is_gone);
}

class LeaksOnServer : public testing::TestWithParam<Leaker> {
 protected:
  static void SetUpTestSuite() {
    Session(TestServer::shared().conninfo("postgres"))
        .execute("DO $$ BEGIN IF to_regrole('weak') IS NULL THEN CREATE ROLE weak; END IF; END $$");
  }

  void add_leaker(ScriptedRun& run, const Leak& leak) {
    switch (GetParam()) {
      case Leaker::window: run.sql("a", leak.sql); break;
      case Leaker::live:
        run.code("a", [sql = std::string(leak.sql)](StepHost& host) {
          host.query("SELECT 1", {}, call_at("a", 1));
          host.execute(sql, call_at("a", 2));
          host.savepoint(SavepointAction::begin, call_at("a", 3));   // so that it is in force at once
        });
        break;
      case Leaker::bare: run.sql("a", leak.sql, {.transactional = false}); break;
    }
  }

  EngineDatabase database_;
};

INSTANTIATE_TEST_SUITE_P(By, LeaksOnServer, testing::Values(Leaker::window, Leaker::live, Leaker::bare), [](const auto& row) {
  return row.param == Leaker::window ? "window" : row.param == Leaker::live ? "live_code" : "bare_revision";
});

TEST_P(LeaksOnServer, do_not_reach_the_next_revision_nor_the_runner_lock) {
  for (const Leak& leak : leaks) {
    SCOPED_TRACE(leak.sql);
    database_.clear();
    ScriptedRun run(database_.channel());
    add_leaker(run, leak);
    run.sql("b", probe(leak));
    EXPECT_EQ(told(run.run()), "no error");
    EXPECT_EQ(database_.rows(), std::vector<std::string>{"b"});
    EXPECT_TRUE(database_.lock_is_held());
  }
}

TEST_P(LeaksOnServer, do_not_reach_the_next_revision_of_a_later_message) {
  for (const Leak& leak : leaks) {
    SCOPED_TRACE(leak.sql);
    database_.clear();
    ScriptedRun run(database_.channel());
    run.limits.window_steps = 1;
    add_leaker(run, leak);
    run.sql("b", probe(leak));
    EXPECT_EQ(told(run.run()), "no error");
  }
}

TEST(RoleOfTheStart, is_what_every_revision_runs_as) {
  EngineDatabase database;
  database.execute("CREATE ROLE owner; CREATE ROLE app LOGIN IN ROLE owner; ALTER ROLE app SET role = owner;"
                   "GRANT ALL ON SCHEMA public TO owner;"
                   "ALTER TABLE alembic_version OWNER TO owner; ALTER TABLE cairn_journal OWNER TO owner");
  database.connect(TestServer::shared().url(database.database().name(), "app"));
  ScriptedRun run(database.channel());
  run.sql("a", "CREATE TABLE a (id int);")
      .sql("b", "RESET SESSION AUTHORIZATION; CREATE TABLE b (id int);")
      .sql("c", "CREATE TABLE c (id int);")
      .code("d", [](StepHost& host) { host.query("CREATE TABLE d (id int)", {}, call_at("d", 1)); })
      .sql("e", "SET ROLE NONE;", {.transactional = false})
      .sql("f", "CREATE TABLE f (id int);")
      .sql("g", "SELECT 1 / 0;");
  EXPECT_EQ(told(run.run()), "9: revision g failed: division by zero (g/up.sql, line 1)");
  EXPECT_EQ(database.column("SELECT relname || ' ' || relowner::regrole FROM pg_class WHERE relname IN ('a', 'c', 'd', 'f') ORDER BY 1"),
            (std::vector<std::string>{"a owner", "c owner", "d owner", "f owner"}));
  database.execute("REASSIGN OWNED BY owner TO tester; DROP OWNED BY owner; DROP ROLE app; DROP ROLE owner");
}

}  // namespace
}  // namespace cairn::test
