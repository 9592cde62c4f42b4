#include "engine/scripted_run.hpp"

#include "support/fake_channel.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

/// How many steps each message carried.
std::vector<std::size_t> windows_of(const FakeChannel& channel) {
  std::vector<std::size_t> windows;
  for (const std::string& text : channel.texts())
    if (const std::size_t steps = count_in(text, "cairn.started', pg_catalog.clock_timestamp()")) windows.push_back(steps);
  return windows;
}

class ExecutorTest : public testing::Test {
 protected:
  FakeChannel channel_;
  ScriptedRun run_{channel_};
};

TEST_F(ExecutorTest, does_nothing_for_an_empty_plan) {
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(channel_.round_trips(), 0u);
}

TEST_F(ExecutorTest, sends_thirty_two_steps_per_message) {
  run_.tables("t", 70);
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(outcome.done(), 70u);
  EXPECT_EQ(outcome.rows, std::vector<std::string>{"t70"});
  EXPECT_EQ(outcome.round_trips, 3u);
  EXPECT_EQ(windows_of(channel_), (std::vector<std::size_t>{32, 32, 6}));
  EXPECT_EQ(run_.observer.events().front(), "window 32 from +t01");
  EXPECT_EQ(run_.observer.events().back(), "done +t70");
}

TEST_F(ExecutorTest, sends_at_most_a_mebibyte_of_sql_per_message) {
  const std::string long_comment = "SELECT 1; --" + std::string(400'000, 'x');
  for (const char* id : {"a", "b", "c", "d", "e"}) run_.sql(id, long_comment);
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(windows_of(channel_), (std::vector<std::size_t>{2, 2, 1}));
}

TEST_F(ExecutorTest, sends_a_revision_larger_than_a_window_alone) {
  run_.sql("a", "SELECT 1;").sql("b", "SELECT 2; --" + std::string(2'000'000, 'x')).sql("c", "SELECT 3;");
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(windows_of(channel_), (std::vector<std::size_t>{1, 1, 1}));
}

TEST_F(ExecutorTest, sends_a_copy_revision_alone_with_its_data) {
  run_.sql("a", "SELECT 1;").sql("b", "COPY t FROM stdin;\n1\n\\.\nCOPY t FROM stdin;\n2\n3\n\\.\nSELECT 2;\n").sql("c", "SELECT 3;");
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(windows_of(channel_), (std::vector<std::size_t>{1, 1, 1}));
  EXPECT_EQ(channel_.copied(), (std::vector<std::string>{"1\n", "2\n3\n"}));
}

TEST_F(ExecutorTest, commits_what_lies_before_a_failure_and_leaves_what_lies_behind) {
  channel_.fail("TABLE t03", "42P07", "relation \"t03\" already exists");
  run_.tables("t", 5);
  const Outcome outcome = run_.run();
  EXPECT_EQ(states_of(outcome), "t01:done t02:done t03:failed t04:untouched t05:untouched");
  EXPECT_EQ(told(outcome), "9: revision t03 failed: relation \"t03\" already exists (t03/up.sql, line 1)");
  EXPECT_EQ(outcome.rows, std::vector<std::string>{"t02"});
  EXPECT_EQ(outcome.error->sqlstate(), "42P07");
  EXPECT_EQ(outcome.error->database(), "unchanged by this revision, still at t02 (2 of 5 applied)");
  EXPECT_FALSE(channel_.in_transaction());
  EXPECT_FALSE(channel_.sent("TABLE t05 (id int); again"));
}

TEST_F(ExecutorTest, tells_the_journal_of_a_failure) {
  channel_.fail("TABLE t01", "42P07", "it's there");
  run_.tables("t", 1).run();
  EXPECT_NE(channel_.texts().back().find("INSERT INTO"), std::string::npos);
  EXPECT_NE(channel_.texts().back().find("'failed'"), std::string::npos);
  EXPECT_NE(channel_.texts().back().find("it''s there"), std::string::npos);
}

TEST_F(ExecutorTest, isolates_the_culprit_of_a_syntax_error_that_fails_the_whole_message) {
  channel_.refuse("CREAT TABLE");
  run_.tables("t", 3).sql("bad", "SELECT 1;\nCREAT TABLE x ();").tables("u", 2);
  const Outcome outcome = run_.run();
  EXPECT_EQ(states_of(outcome), "t01:done t02:done t03:done bad:failed u01:untouched u02:untouched");
  EXPECT_EQ(told(outcome), "9: revision bad failed: refused (bad/up.sql, line 2, column 1)");
  EXPECT_EQ(windows_of(channel_), (std::vector<std::size_t>{6, 3, 3}));
}

TEST_F(ExecutorTest, isolates_the_culprit_of_an_error_without_a_place) {
  channel_.refuse_anywhere("☃");
  run_.tables("t", 2).sql("bad", "SELECT '☃';").tables("u", 2);
  const Outcome outcome = run_.run();
  EXPECT_EQ(states_of(outcome), "t01:done t02:done bad:failed u01:untouched u02:untouched");
  EXPECT_EQ(told(outcome), "9: revision bad failed before its first statement: refused");
}

TEST_F(ExecutorTest, names_rows_that_are_not_the_expected_ones_as_a_matter_of_history) {
  channel_.fail("FOR UPDATE", "22P02", "invalid input syntax for type integer: \"cairn: version rows are {x,y}, expected {t01}\"");
  const Outcome outcome = run_.tables("t", 3).run();
  EXPECT_EQ(told(outcome), "8: the version rows changed while revision t01 was being upgraded: they are x, y; expected t01");
  EXPECT_EQ(states_of(outcome), "t01:failed t02:untouched t03:untouched");
}

TEST_F(ExecutorTest, says_when_a_failure_came_at_commit) {
  channel_.fail("COMMIT", "23503", "violates foreign key").once();
  EXPECT_EQ(told(run_.tables("t", 2).run()), "9: revision t01 failed at COMMIT: violates foreign key");
}

TEST_F(ExecutorTest, tells_which_verify_statement_found_what) {
  channel_.fail("cairn: verify found", "22P02", "invalid input syntax for type integer: \"cairn: verify found {\"id\":7}\"");
  run_.verified("a", "CREATE TABLE a ();", "SELECT 1 WHERE false;").sql("b", "SELECT 1;");
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "9: revision a failed its verify step: it found {\"id\":7} (a/verify.sql, line 1)");
}

TEST_F(ExecutorTest, counts_a_step_as_done_when_only_the_clean_up_behind_it_failed) {
  channel_.fail("DISCARD TEMP", "57014", "canceling statement").once();
  const Outcome outcome = run_.tables("t", 1).run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(states_of(outcome), "t01:done");
  EXPECT_FALSE(channel_.in_transaction());
}

TEST_F(ExecutorTest, goes_on_behind_a_clean_up_that_failed) {
  channel_.fail("DISCARD TEMP", "57014", "canceling statement").once();
  const Outcome outcome = run_.tables("t", 3).run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(outcome.done(), 3u);
}

TEST_F(ExecutorTest, retries_a_lock_timeout_from_the_failed_step_with_more_patience) {
  channel_.fail("TABLE t03", "55P03", "lock timeout").once();
  const Outcome outcome = run_.tables("t", 4).run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(windows_of(channel_), (std::vector<std::size_t>{4, 2}));
  EXPECT_EQ(run_.pauses.size(), 1u);
  EXPECT_NE(channel_.texts().back().find("lock_timeout = '200ms'"), std::string::npos);
  EXPECT_NE(channel_.texts().back().find("lock_timeout = '100ms'"), std::string::npos);
}

struct RetryCase {
  const char* sqlstate;
  bool retried;
};

TEST_F(ExecutorTest, retries_locks_deadlocks_and_serialization_failures_only) {
  const RetryCase cases[] = {{"55P03", true}, {"40P01", true}, {"40001", true}, {"57014", false}, {"23505", false}, {"53300", false}};
  for (const RetryCase& row : cases) {
    SCOPED_TRACE(row.sqlstate);
    FakeChannel channel;
    channel.fail("TABLE t01", row.sqlstate).once();
    ScriptedRun run(channel);
    EXPECT_EQ(run.tables("t", 1).run().done(), row.retried ? 1u : 0u);
    EXPECT_EQ(run.pauses.size(), row.retried ? 1u : 0u);
  }
}

TEST_F(ExecutorTest, gives_up_when_the_budget_is_spent) {
  channel_.fail("TABLE t02", "55P03", "canceling statement due to lock timeout");
  run_.limits.lock_wait = std::chrono::seconds(2);
  const Outcome outcome = run_.tables("t", 3).run();
  EXPECT_EQ(told(outcome), "7: revision t02 failed: canceling statement due to lock timeout (t02/up.sql, line 1)");
  EXPECT_EQ(states_of(outcome), "t01:done t02:failed t03:untouched");
  EXPECT_GT(run_.pauses.size(), 1u);
  EXPECT_NE(outcome.error->detail().find("2 s"), std::string::npos) << outcome.error->detail();
  EXPECT_NE(outcome.error->hint().find("--lock-wait"), std::string::npos);
}

TEST_F(ExecutorTest, does_not_repeat_what_its_author_calls_not_retryable_but_waits_the_whole_time_at_once) {
  channel_.fail("TABLE a", "55P03", "canceling statement due to lock timeout");
  run_.limits.lock_wait = std::chrono::seconds(90);
  const Outcome outcome = run_.sql("a", "CREATE TABLE a ();", {.retryable = false}).run();
  EXPECT_EQ(told(outcome), "7: revision a failed: canceling statement due to lock timeout (a/up.sql, line 1)");
  EXPECT_TRUE(run_.pauses.empty());
  EXPECT_TRUE(channel_.sent("lock_timeout = '90000ms'"));
}

TEST_F(ExecutorTest, stops_before_a_window_when_the_user_asks) {
  channel_.on_text([this](const std::string&) { run_.interrupted = true; });
  const Outcome outcome = run_.tables("t", 40).run();
  EXPECT_EQ(outcome.done(), 32u);
  EXPECT_EQ(told(outcome), "130: interrupted before revision t33");
  EXPECT_EQ(outcome.steps[32].state, StepState::untouched);
  EXPECT_EQ(outcome.error->database(), "at t32 (32 of 40 applied)");
}

TEST_F(ExecutorTest, stops_in_a_window_when_the_user_asks) {
  channel_.fail("TABLE t02", "57014", "canceling statement due to user request");
  channel_.on_text([this](const std::string&) { run_.interrupted = true; });
  const Outcome outcome = run_.tables("t", 3).run();
  EXPECT_EQ(states_of(outcome), "t01:done t02:failed t03:untouched");
  EXPECT_EQ(told(outcome), "130: interrupted during revision t02");
  EXPECT_FALSE(channel_.in_transaction());
}

TEST_F(ExecutorTest, stops_in_a_pause_when_the_user_asks) {
  channel_.fail("TABLE t01", "55P03");
  run_.on_pause = [] { return false; };
  EXPECT_EQ(told(run_.tables("t", 1).run()), "130: interrupted during revision t01");
}

TEST_F(ExecutorTest, knows_what_a_lost_connection_has_confirmed) {
  channel_.lose("TABLE t03");
  const Outcome outcome = run_.tables("t", 4).run();
  EXPECT_TRUE(outcome.lost);
  EXPECT_EQ(states_of(outcome), "t01:done t02:done t03:unknown t04:unknown");
  EXPECT_EQ(told(outcome).substr(0, 42), "6: the connection to the server was lost d");
  EXPECT_EQ(channel_.round_trips(), 1u);
}

TEST_F(ExecutorTest, calls_a_commit_that_was_none_an_error_of_its_own) {
  channel_.answer("COMMIT", {.tag = "ROLLBACK", .columns = {}, .rows = {}}).once();
  const Outcome outcome = run_.tables("t", 1).run();
  EXPECT_EQ(outcome.error->category(), Category::internal);
  EXPECT_EQ(states_of(outcome), "t01:failed");
}

TEST_F(ExecutorTest, brings_the_milliseconds_that_the_server_measured) {
  channel_.answer("RETURNING", {.tag = "INSERT 0 1", .columns = {"int8"}, .rows = {{"17"}}});
  const Outcome outcome = run_.tables("t", 2).run();
  EXPECT_EQ(outcome.steps[1].duration, std::chrono::milliseconds(17));
}

}  // namespace
}  // namespace cairn::test
