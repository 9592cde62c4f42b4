#include "engine/scripted_run.hpp"

#include "support/fake_channel.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

constexpr Flags bare{.transactional = false};

/// The states of the journal entries that were sent, in order: "started 1", "done 1", "done".
std::vector<std::string> journal_of(const FakeChannel& channel) {
  std::vector<std::string> entries;
  for (const std::string& statement : channel.statements()) {
    const std::size_t at = statement.find("'up', ");
    if (at == statement.npos) continue;
    const std::string rest = statement.substr(at + 6);
    const std::string number = rest.substr(0, rest.find(','));
    const std::size_t state = rest.find('\'') + 1;
    const std::string word = rest.substr(state, rest.find('\'', state) - state);
    entries.push_back(number == "NULL" ? word : word + " " + number);
  }
  return entries;
}

using Words = std::vector<std::string>;

class BareSessionTest : public testing::Test {
 protected:
  FakeChannel channel_;
  ScriptedRun run_{channel_};
};

TEST_F(BareSessionTest, sends_each_statement_alone_and_journals_around_it) {
  run_.sql("a", "SELECT 0;").sql("b", "VACUUM; -- all\nCREATE INDEX CONCURRENTLY i ON t (a);", bare).sql("c", "SELECT 1;");
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(states_of(outcome), "a:done b:done c:done");
  const auto& texts = channel_.texts();
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "VACUUM"), 1);
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "CREATE INDEX CONCURRENTLY i ON t (a)"), 1);
  EXPECT_EQ(journal_of(channel_), (Words{"done", "started 1", "done 1", "started 2", "done 2", "done", "done"}));
}

TEST_F(BareSessionTest, takes_a_first_statement_that_fails_for_nothing_done) {
  channel_.fail("VACUUM", "42P01", "no such table");
  const Outcome outcome = run_.sql("a", "SELECT 0;").sql("b", "\nVACUUM t;", bare).sql("c", "SELECT 1;").run();
  EXPECT_EQ(told(outcome), "9: revision b failed: no such table (b/up.sql, line 2)");
  EXPECT_EQ(states_of(outcome), "a:done b:failed c:untouched");
  EXPECT_EQ(journal_of(channel_), (Words{"done", "started 1", "failed 1"}));
  EXPECT_EQ(outcome.error->database(), "unchanged by this revision, still at a (1 of 3 applied)");
}

TEST_F(BareSessionTest, calls_a_later_failure_unfinished) {
  channel_.fail("VACUUM", "42P01", "no such table");
  const Outcome outcome = run_.sql("b", "CREATE DATABASE d;\nVACUUM t;", bare).sql("c", "SELECT 1;").run();
  EXPECT_EQ(told(outcome), "10: revision b stopped half-way at statement 2: no such table (b/up.sql, line 2)");
  EXPECT_EQ(outcome.error->sqlstate(), "42P01");
  EXPECT_EQ(states_of(outcome), "b:failed c:untouched");
  EXPECT_EQ(journal_of(channel_), (Words{"started 1", "done 1", "started 2", "stopped 2"}));
  EXPECT_EQ(outcome.error->database(), "changed in part by this revision; its version rows are still at base (0 of 2 applied)");
}

struct DebrisCase {
  const char* sql;
  int exit_code;
};

TEST_F(BareSessionTest, knows_which_single_statements_leave_something_when_they_fail) {
  const DebrisCase cases[] = {
      {"CREATE INDEX CONCURRENTLY i ON t (a)", 10},
      {"create unique index /* x */ concurrently i ON t (a)", 10},
      {"ALTER TABLE t DETACH PARTITION p CONCURRENTLY", 10},
      {"CALL fill()", 10},
      {"DO $$ BEGIN INSERT INTO t VALUES (1); COMMIT; RAISE EXCEPTION 'no'; END $$", 10},
      {"DO $$ BEGIN RAISE EXCEPTION 'no'; END $$", 9},
      {"REINDEX SCHEMA public", 10},
      {"VACUUM t", 9},
      {"ALTER SYSTEM SET work_mem = 1", 9},
  };
  for (const DebrisCase& row : cases) {
    SCOPED_TRACE(row.sql);
    FakeChannel channel;
    channel.fail(row.sql, "XX000", "no");
    ScriptedRun run(channel);
    EXPECT_EQ(exit_code(run.sql("b", row.sql, bare).run().error->category()).code, row.exit_code);
  }
}

TEST_F(BareSessionTest, calls_a_failure_of_its_own_bookkeeping_unfinished) {
  channel_.fail("FOR UPDATE", "22P02", "invalid input syntax for type integer: \"cairn: version rows are {x}, expected {}\"");
  const Outcome outcome = run_.sql("b", "VACUUM;", bare).run();
  EXPECT_EQ(exit_code(outcome.error->category()).code, 10);
  EXPECT_NE(outcome.error->message().find("x; expected none"), std::string::npos);
  EXPECT_FALSE(channel_.in_transaction());
}

TEST_F(BareSessionTest, stops_between_statements_when_the_user_asks) {
  channel_.on_text([this](const std::string& text) { run_.interrupted = run_.interrupted || text == "VACUUM a"; });
  const Outcome outcome = run_.sql("b", "VACUUM a; VACUUM b;", bare).run();
  EXPECT_EQ(told(outcome), "10: revision b stopped half-way at statement 2: interrupted before it");
  EXPECT_EQ(journal_of(channel_), (Words{"started 1", "done 1", "stopped 2"}));
  EXPECT_FALSE(channel_.sent("VACUUM b"));
}

TEST_F(BareSessionTest, is_interrupted_cleanly_in_its_first_statement) {
  channel_.fail("VACUUM a", "57014", "canceling statement due to user request");
  channel_.on_text([this](const std::string& text) { run_.interrupted = run_.interrupted || text == "VACUUM a"; });
  const Outcome outcome = run_.sql("b", "VACUUM a; VACUUM b;", bare).run();
  EXPECT_EQ(told(outcome), "130: interrupted during revision b");
  EXPECT_EQ(journal_of(channel_), (Words{"started 1", "failed 1"}));
}

TEST_F(BareSessionTest, does_not_start_when_the_user_has_asked_to_stop) {
  run_.interrupted = true;
  const Outcome outcome = run_.sql("b", "VACUUM a;", bare).run();
  EXPECT_EQ(told(outcome), "130: interrupted before revision b");
  EXPECT_EQ(states_of(outcome), "b:untouched");
  EXPECT_TRUE(journal_of(channel_).empty());
}

TEST_F(BareSessionTest, leaves_a_lost_connection_to_the_journal) {
  channel_.lose("VACUUM b");
  const Outcome outcome = run_.sql("b", "VACUUM a; VACUUM b;", bare).run();
  EXPECT_TRUE(outcome.lost);
  EXPECT_EQ(states_of(outcome), "b:unknown");
  EXPECT_EQ(journal_of(channel_), (Words{"started 1", "done 1", "started 2"}));
}

TEST_F(BareSessionTest, fails_when_its_verify_step_finds_a_row) {
  channel_.answer("SELECT bad", {.tag = "SELECT 1", .columns = {"bad"}, .rows = {{"7"}}});
  const Outcome outcome = run_.verified("b", "VACUUM a;", "SELECT bad FROM t;", bare).run();
  EXPECT_EQ(told(outcome), "10: revision b stopped half-way at statement 2: its verify step found a row (b/verify.sql, line 1)");
  EXPECT_EQ(journal_of(channel_), (Words{"started 1", "done 1", "started 2", "stopped 2"}));
}

TEST_F(BareSessionTest, feeds_a_copy) {
  EXPECT_EQ(told(run_.sql("b", "COPY t FROM stdin;\n1\n\\.\nCOPY t FROM stdin;\n2\n\\.\n", bare).run()), "no error");
  EXPECT_EQ(channel_.copied(), (Words{"1\n", "2\n"}));
}

TEST_F(BareSessionTest, measures_the_step) {
  channel_.answer("RETURNING", {.tag = "INSERT 0 1", .columns = {"int8"}, .rows = {{"1234"}}});
  EXPECT_EQ(run_.sql("b", "VACUUM a;", bare).run().steps[0].duration, std::chrono::milliseconds(1234));
}

// Code outside a transaction.

TEST_F(BareSessionTest, journals_the_statements_of_code) {
  run_.code("b", [](StepHost& host) {
    host.execute("VACUUM a; VACUUM b", call_at("b", 3));
    host.query("SELECT 1", {}, call_at("b", 4));
  }, bare);
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(journal_of(channel_), (Words{"started 1", "done 1", "started 2", "done 2", "started 3", "done 3", "done"}));
}

TEST_F(BareSessionTest, calls_code_that_dies_after_a_statement_unfinished) {
  run_.code("b", [](StepHost& host) {
    host.execute("VACUUM a", call_at("b", 3));
    throw Died{"was ended by signal 9"};
  }, bare);
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "10: revision b stopped half-way at statement 2: its code was ended by signal 9");
  EXPECT_EQ(journal_of(channel_), (Words{"started 1", "done 1", "stopped 2"}));
}

TEST_F(BareSessionTest, calls_code_that_dies_at_once_failed) {
  run_.code("b", [](StepHost&) { throw Died{"was ended by signal 9"}; }, bare);
  EXPECT_EQ(told(run_.run()), "9: revision b failed: its code was ended by signal 9");
  EXPECT_EQ(journal_of(channel_), Words{"failed"});
}

TEST_F(BareSessionTest, names_the_line_of_code_whose_statement_failed) {
  channel_.fail("VACUUM b", "42P01", "no such table");
  run_.code("b", [](StepHost& host) { host.execute("VACUUM a; VACUUM b", call_at("b", 3)); }, bare);
  EXPECT_EQ(told(run_.run()), "10: revision b stopped half-way at statement 2: no such table (b.cpp, line 3)");
}

TEST_F(BareSessionTest, has_neither_savepoints_nor_streams) {
  const Code cases[] = {
      [](StepHost& host) { host.savepoint(SavepointAction::begin, call_at("b", 3)); },
      [](StepHost& host) { host.begin_copy_in("COPY t FROM STDIN", call_at("b", 3)); },
      [](StepHost& host) { host.begin_copy_out("COPY t TO STDOUT", call_at("b", 3)); },
  };
  for (const Code& code : cases) {
    FakeChannel channel;
    ScriptedRun run(channel);
    const Outcome outcome = run.code("b", code, bare).run();
    EXPECT_EQ(outcome.error->category(), Category::revision);
    EXPECT_EQ(told(outcome).substr(0, 45), "9: revision b failed: it runs outside a trans");
  }
}

TEST_F(BareSessionTest, refuses_transaction_control) {
  run_.code("b", [](StepHost& host) { host.execute("BEGIN; VACUUM a", call_at("b", 3)); }, bare);
  EXPECT_EQ(told(run_.run()), "9: revision b failed: BEGIN is not allowed in a revision (b.cpp, line 3)");
  EXPECT_FALSE(channel_.sent("VACUUM a"));
}

/// The statement has been carried out, and then its answer was too large to be read.
class AnswersTooMuch : public FakeChannel {
 public:
  Reply exchange(const Message& message) override {
    Reply reply = FakeChannel::exchange(message);
    if (message.most_answer_bytes > 0) reply.failure = ServerFailure{"0A000", "the answer is too large", {}, {}, {}, 0};
    return reply;
  }
};

TEST(BareSessionAnswer, that_cannot_be_read_does_not_undo_the_statement) {
  AnswersTooMuch channel;
  ScriptedRun run(channel);
  run.code("b", [](StepHost& host) { host.query("INSERT INTO t SELECT 1 RETURNING *", {}, call_at("b", 3)); }, bare);
  EXPECT_EQ(told(run.run()), "10: revision b stopped half-way at statement 1: the answer is too large (b.cpp, line 3)");
}

}  // namespace
}  // namespace cairn::test
