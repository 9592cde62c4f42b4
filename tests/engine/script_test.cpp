#include "engine/scripted_run.hpp"

#include "support/fake_channel.hpp"

#include <gtest/gtest.h>

#include <fmt/core.h>

namespace cairn::test {
namespace {

using std::chrono::milliseconds;

std::string_view word(Part part) {
  switch (part) {
    case Part::begin: return "begin";
    case Part::piece: return "piece";
    case Part::bookkeeping: return "bookkeeping";
    case Part::commit: return "commit";
    case Part::cleanup: return "cleanup";
  }
  return "?";
}

/// "1 piece up.sql, line 2": the step, what its text was for, the place.
std::string text_of(const Fault& fault) {
  std::string text = fmt::format("{} {}", fault.entry, word(fault.part));
  return fault.place ? text + " " + describe(*fault.place) : text;
}

/// Two steps: two statements and a verify, and one piece of code.
class ScriptTest : public testing::Test {
 protected:
  ScriptTest() {
    run_.verified("a", "SELECT 'é€😀', 1;\n  SELECT a2;\n", "SELECT v FROM a;").code("b", nullptr);
    script_.add_step(run_.work()[0].step, run_.work()[0].pieces, milliseconds(100));
    const Piece code{.body = parse_body("b.cpp", "SELECT b1; SELECT b2"), .call = call_at("b", 7), .verifies = false};
    script_.add_step(run_.work()[1].step, {code}, milliseconds(200));
  }

  /// As the server would answer if the statement with this text failed there.
  Fault fault_at(const std::string& failing, std::size_t position = 0) {
    FakeChannel channel;
    channel.fail(failing, ServerFailure{"XX000", "no", {}, {}, {}, position});
    return script_.locate(channel.exchange(script_.message()));
  }
  /// As the server would answer if it could not read the message from this text on.
  Fault fault_read_at(const std::string& text) {
    FakeChannel channel;
    channel.refuse(text);
    return script_.locate(channel.exchange(script_.message()));
  }

  FakeChannel channel_;
  ScriptedRun run_{channel_};
  Script script_{run_.bookkeeping};
};

TEST_F(ScriptTest, is_a_transaction_of_its_own_for_each_step) {
  FakeChannel channel;
  channel.exchange(script_.message());
  std::string order;
  for (const std::string& statement : channel.statements()) {
    const std::string first = statement.substr(0, statement.find(' '));
    order += (order.empty() ? "" : " ") + first;
  }
  const std::string begin = "BEGIN SET SET SELECT ";
  const std::string ending = " INSERT COMMIT BEGIN RESET DISCARD DEALLOCATE CLOSE UNLISTEN COMMIT";
  EXPECT_EQ(order, begin + "SELECT SELECT SELECT RESET RESET SELECT INSERT" + ending + " " + begin +
                       "SELECT SELECT RESET RESET SELECT UPDATE" + ending);
}

TEST_F(ScriptTest, carries_name_start_and_lock_timeout_of_each_step) {
  const std::string text = script_.message().text;
  EXPECT_NE(text.find("SET LOCAL application_name = 'cairn a';"), std::string::npos);
  EXPECT_NE(text.find("SET LOCAL lock_timeout = '100ms';"), std::string::npos);
  EXPECT_NE(text.find("SET LOCAL application_name = 'cairn b';"), std::string::npos);
  EXPECT_NE(text.find("SET LOCAL lock_timeout = '200ms';"), std::string::npos);
}

struct FaultCase {
  const char* text;
  const char* fault;
};

TEST_F(ScriptTest, counts_results_to_find_a_failure_without_a_position) {
  const FaultCase cases[] = {
      {"'cairn a'", "0 begin"},
      {"'é€😀'", "0 piece a/up.sql, line 1"},
      {"SELECT a2", "0 piece a/up.sql, line 2"},
      {"cairn: verify", "0 piece a/verify.sql, line 1"},
      {"rows_after, started_at, finished_at, client, runner, error) VALUES ('run1', 'a'", "0 bookkeeping"},
      {"'cairn b'", "1 begin"},
      {"SELECT b1", "1 piece b.cpp, line 7"},
      {"SELECT b2", "1 piece b.cpp, line 7"},
      {"rows_after, started_at, finished_at, client, runner, error) VALUES ('run1', 'b'", "1 bookkeeping"},
      {"RESET SESSION", "0 bookkeeping"},
      {"COMMIT", "0 commit"},
      {"DISCARD TEMP", "0 cleanup"},
      {"RESET ALL", "0 cleanup"},
      {"UNLISTEN", "0 cleanup"},
  };
  for (const FaultCase& row : cases) EXPECT_EQ(text_of(fault_at(row.text)), row.fault) << row.text;
}

TEST_F(ScriptTest, follows_the_servers_position_where_there_is_one) {
  const FaultCase cases[] = {
      {", 1;", "0 piece a/up.sql, line 1, column 13"},
      {"a2;", "0 piece a/up.sql, line 2, column 10"},
      {"v FROM a", "0 piece a/verify.sql, line 1, column 8"},
      {"b2", "1 piece b.cpp, line 7"},
      {"'cairn b'", "1 begin"},
  };
  for (const FaultCase& row : cases) EXPECT_EQ(text_of(fault_read_at(row.text)), row.fault) << row.text;
}

TEST_F(ScriptTest, shows_the_sql_of_a_call_under_its_line) {
  const Fault fault = fault_read_at("b2");
  ASSERT_TRUE(fault.place);
  EXPECT_EQ(fault.place->excerpt, "SELECT b1; SELECT b2");
  EXPECT_EQ(fault.place->caret, 19u);
}

TEST_F(ScriptTest, takes_a_position_outside_of_its_text_for_none) {
  EXPECT_EQ(text_of(fault_at("SELECT b1", 1'000'000)), "1 piece b.cpp, line 7");
}

TEST_F(ScriptTest, counts_from_the_last_commit_when_a_statement_gave_results_of_its_own) {
  FakeChannel channel;
  channel.fail("SELECT b2", "XX000", "no");
  Reply reply = channel.exchange(script_.message());
  reply.results.insert(reply.results.begin() + 3, Result{.tag = "SELECT 1", .columns = {}, .rows = {}});
  EXPECT_EQ(text_of(script_.locate(reply)), "1 piece b.cpp, line 7");
}

TEST_F(ScriptTest, reads_durations_before_each_commit_and_nowhere_else) {
  FakeChannel channel;
  channel.answer("'run1', 'a'", {.tag = "INSERT 0 1", .columns = {"int8"}, .rows = {{"12"}}});
  channel.answer("'run1', 'b'", {.tag = "INSERT 0 1", .columns = {"int8"}, .rows = {{"not a number"}}});
  EXPECT_EQ(script_.durations(channel.exchange(script_.message())), (std::vector<milliseconds>{milliseconds(12), milliseconds(0)}));
}

struct VerifyCase {
  const char* sql;
  bool wrapped;
};

TEST(Verify, makes_every_query_fail_on_a_row) {
  const VerifyCase cases[] = {
      {"SELECT 1", true},  {"select\n1", true},          {"WITH a AS (SELECT 1) TABLE a", true}, {"VALUES (1)", true},
      {"TABLE t", true},   {"(SELECT 1) UNION SELECT 2", true}, {"((TABLE t))", true},           {"SELECT(1)", true},
      {"DO $$ BEGIN END $$", false}, {"SET x.y = 1", false}, {"SELECTED", false},               {"ANALYZE t", false},
      {"INSERT INTO t VALUES (1) RETURNING a", true}, {"delete from t\nreturning *", true}, {"UPDATE t SET a = 1 RETURNING a", true},
      {"INSERT INTO t VALUES ('RETURNING')", false},  {"DELETE FROM t WHERE \"returning\"", false},
      {"UPDATE t SET a = 1 -- RETURNING a", false},
  };
  for (const VerifyCase& row : cases) {
    FakeChannel channel;
    ScriptedRun run(channel);
    Script script(run.bookkeeping);
    run.code("a", nullptr);
    script.open(run.work()[0].step, milliseconds(1));
    script.add_piece(sql_piece("a", row.sql, true));
    EXPECT_EQ(count_in(script.message().text, "cairn: verify found"), row.wrapped ? 1u : 0u) << row.sql;
  }
}

TEST(Recovery, rolls_back_only_what_is_open_and_never_drops_the_runner_lock) {
  EXPECT_EQ(recovery_sql(true).substr(0, 10), "ROLLBACK; ");
  EXPECT_EQ(recovery_sql(false).find("ROLLBACK"), std::string::npos);
  EXPECT_EQ(recovery_sql(true).find("DISCARD ALL"), std::string::npos);
}

}  // namespace
}  // namespace cairn::test
