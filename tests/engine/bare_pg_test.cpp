#include "engine/engine_database.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

constexpr Flags bare{.transactional = false};

class BareOnServer : public testing::Test {
 protected:
  BareOnServer() { database_.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1), (2)"); }

  std::string journal() {
    std::string text;
    for (const std::string& line : database_.column("SELECT concat_ws(' ', revision, direction, statement, state) FROM cairn_journal "
                                                    "ORDER BY entry"))
      text += (text.empty() ? "" : ", ") + line;
    return text;
  }

  EngineDatabase database_;
  ScriptedRun run_{database_.channel()};
};

TEST_F(BareOnServer, builds_an_index_concurrently) {
  run_.sql("a", "ALTER TABLE t ADD COLUMN b int;")
      .sql("i", "CREATE INDEX CONCURRENTLY t_a ON t (a);\nCREATE INDEX CONCURRENTLY t_b ON t (b);\n", bare)
      .sql("z", "ALTER TABLE t ADD COLUMN z int;");
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(database_.value("SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass AND indisvalid"), "2");
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"z"});
  EXPECT_EQ(journal(), "a up done, i up 1 started, i up 1 done, i up 2 started, i up 2 done, i up done, z up done");
  require_finished(database_.read_state());
}

TEST_F(BareOnServer, is_unfinished_after_a_failed_build_until_it_is_stamped) {
  run_.sql("i", "CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);", bare).sql("z", "ALTER TABLE t ADD COLUMN z int;");
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "10: revision i stopped half-way at statement 1: could not create unique index \"t_a\" (i/up.sql, line 1)");
  EXPECT_EQ(states_of(outcome), "i:failed z:untouched");
  EXPECT_EQ(outcome.error->detail(), "It runs outside a transaction, so what its statements did before stays.");
  EXPECT_EQ(database_.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_a'::regclass"), "f");
  EXPECT_TRUE(database_.rows().empty());
  EXPECT_EQ(journal(), "i up 1 started, i up 1 stopped");
  try {
    require_finished(database_.read_state());
    FAIL() << "the next run would go on";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::unfinished);
    EXPECT_EQ(error.message(), "revision i was stopped half-way in its upgrade, at statement 1: could not create unique index \"t_a\"");
    EXPECT_NE(error.hint().find("cairn stamp i"), std::string::npos);
  }
  const Reply stamped = database_.channel().exchange(
      {.text = run_.bookkeeping.stamp({}, {}, false), .copies = {}, .parameters = std::nullopt});
  EXPECT_FALSE(stamped.failure);
  require_finished(database_.read_state());
}

TEST_F(BareOnServer, leaves_nothing_when_its_first_plain_statement_fails) {
  run_.sql("i", "VACUUM nothing;\nVACUUM t;", bare);
  EXPECT_EQ(told(run_.run()), "9: revision i failed: relation \"nothing\" does not exist (i/up.sql, line 1)");
  EXPECT_EQ(journal(), "i up 1 started, i up 1 failed");
  require_finished(database_.read_state());
}

TEST_F(BareOnServer, keeps_its_journal_under_any_role_and_search_path) {
  Session(TestServer::shared().conninfo("postgres"))
      .execute("DO $$ BEGIN IF to_regrole('weak') IS NULL THEN CREATE ROLE weak; END IF; END $$");
  run_.sql("i", "SET ROLE weak; SET search_path = ''; SELECT 1 / (CASE WHEN current_user = 'weak' THEN 1 ELSE 0 END);", bare);
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(database_.value("SELECT count(*) FROM cairn_journal WHERE role = 'tester'"), "7");
}

TEST_F(BareOnServer, tells_the_journal_when_each_statement_ran) {
  run_.sql("i", "SELECT pg_sleep(0.02);\nSELECT pg_sleep(0.02);", bare);
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_GE(outcome.steps[0].duration, std::chrono::milliseconds(40));
  EXPECT_EQ(database_.value("SELECT count(*) FROM cairn_journal WHERE state = 'started' AND finished_at IS NULL"), "2");
  EXPECT_EQ(database_.value("SELECT count(*) FROM cairn_journal WHERE state = 'done' AND finished_at - started_at >= interval '20 ms'"),
            "3");
}

TEST_F(BareOnServer, stops_at_rows_that_changed_and_says_that_its_effects_stay) {
  run_.sql("i", "CREATE INDEX CONCURRENTLY t_a ON t (a);", bare);
  database_.execute("INSERT INTO alembic_version VALUES ('other')");
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "10: revision i stopped half-way at statement 2: the version rows changed while revision i was being "
                           "upgraded: they are other; expected none");
  EXPECT_THROW(require_finished(database_.read_state()), Error);
}

TEST_F(BareOnServer, never_drops_the_runner_lock_by_its_clean_up) {
  run_.sql("i", "VACUUM t;", bare).sql("j", "VACUUM nothing;", bare);
  run_.run();
  EXPECT_TRUE(database_.lock_is_held());
}

}  // namespace
}  // namespace cairn::test
