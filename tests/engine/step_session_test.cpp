#include "engine/scripted_run.hpp"

#include "support/fake_channel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace cairn::test {
namespace {

Code executes(const std::string& sql) {
  return [sql](StepHost& host) { host.execute(sql, call_at("c", 3)); };
}

class StepSessionTest : public testing::Test {
 protected:
  FakeChannel channel_;
  ScriptedRun run_{channel_};
};

TEST_F(StepSessionTest, gathers_what_is_only_executed_into_the_window) {
  for (const char* id : {"a", "b", "c"}) run_.code(id, executes("CREATE TABLE t ()"));
  const Outcome outcome = run_.sql("d", "SELECT 1;").run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(channel_.round_trips(), 1u);
}

TEST_F(StepSessionTest, sends_earlier_steps_before_it_goes_live) {
  run_.sql("a", "CREATE TABLE a ();").code("b", [](StepHost& host) {
    host.execute("CREATE TABLE b ()", call_at("b", 3));
    host.query("SELECT 1 FROM b", {}, call_at("b", 4));
    host.execute("DROP TABLE b", call_at("b", 5));
  }).sql("c", "CREATE TABLE c ();");
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "no error");
  ASSERT_EQ(channel_.texts().size(), 5u);
  EXPECT_NE(channel_.texts()[0].find("TABLE a"), std::string::npos);
  EXPECT_NE(channel_.texts()[0].find("COMMIT"), std::string::npos);
  EXPECT_NE(channel_.texts()[1].find("BEGIN"), std::string::npos);
  EXPECT_NE(channel_.texts()[1].find("TABLE b"), std::string::npos);
  EXPECT_EQ(channel_.texts()[2], "SELECT 1 FROM b");
  EXPECT_NE(channel_.texts()[3].find("DROP TABLE b"), std::string::npos);
  EXPECT_NE(channel_.texts()[3].find("COMMIT"), std::string::npos);
  EXPECT_EQ(run_.observer.events(), (std::vector<std::string>{"window 1 from +a", "done +a", "started +b", "done +b",
                                                              "window 1 from +c", "done +c"}));
}

TEST_F(StepSessionTest, passes_parameters_and_brings_rows) {
  channel_.answer("SELECT $1", {.tag = "SELECT 1", .columns = {"n"}, .rows = {{"7"}}});
  Result seen;
  run_.code("a", [&](StepHost& host) { seen = host.query("SELECT $1", {Cell("x"), Cell()}, call_at("a", 4)); });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(seen.rows, (std::vector<std::vector<Cell>>{{"7"}}));
  EXPECT_EQ(channel_.messages()[1].parameters, (std::vector<Cell>{"x", std::nullopt}));
  EXPECT_EQ(channel_.messages()[1].most_answer_bytes, most_answer_bytes);
}

TEST_F(StepSessionTest, sends_the_buffer_when_it_is_full) {
  const std::string big = "SELECT '" + std::string(100'000, 'x') + "'";
  run_.code("a", [&](StepHost& host) {
    for (int i = 0; i < 4; ++i) host.execute(big, call_at("a", 3));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  ASSERT_EQ(channel_.texts().size(), 2u);
  EXPECT_GT(channel_.texts()[0].size(), 300'000u);
  EXPECT_GT(channel_.texts()[1].size(), 100'000u);
}

TEST_F(StepSessionTest, counts_copy_data_towards_the_buffer) {
  const std::string copy = "COPY t FROM stdin;\n" + std::string(300'000, 'x') + "\n\\.\n";
  run_.code("a", [&](StepHost& host) {
    host.execute(copy, call_at("a", 3));
    EXPECT_EQ(channel_.round_trips(), 1u);
  });
  EXPECT_EQ(told(run_.run()), "no error");
}

struct FailureCase {
  const char* fails;
  const char* told;
};

TEST_F(StepSessionTest, names_the_line_of_the_author) {
  const FailureCase cases[] = {
      {"TABLE b", "9: revision b failed: no (b.cpp, line 3)"},
      {"SELECT 1", "9: revision b failed: no (b.cpp, line 4)"},
      {"DROP", "9: revision b failed: no (b.cpp, line 5)"},
      {"COMMIT", "9: revision b failed at COMMIT: no"},
  };
  for (const FailureCase& row : cases) {
    SCOPED_TRACE(row.fails);
    FakeChannel channel;
    channel.fail(row.fails, "42P01", "no").once();
    ScriptedRun run(channel);
    run.code("b", [](StepHost& host) {
      host.execute("CREATE TABLE b ()", call_at("b", 3));
      host.query("SELECT 1 FROM b", {}, call_at("b", 4));
      host.execute("DROP TABLE b", call_at("b", 5));
    });
    const Outcome outcome = run.run();
    EXPECT_EQ(told(outcome), row.told);
    EXPECT_EQ(states_of(outcome), "b:failed");
    EXPECT_FALSE(channel.in_transaction());
  }
}

TEST_F(StepSessionTest, commits_earlier_steps_when_later_code_dies_before_it_asked_anything) {
  run_.sql("a", "CREATE TABLE a ();").code("b", [](StepHost& host) {
    host.execute("CREATE TABLE b ()", call_at("b", 3));
    throw Died{"was ended by signal 11"};
  }).sql("c", "CREATE TABLE c ();");
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "9: revision b failed: its code was ended by signal 11");
  EXPECT_EQ(states_of(outcome), "a:done b:failed c:untouched");
  EXPECT_TRUE(channel_.sent("TABLE a"));
  EXPECT_FALSE(channel_.sent("TABLE b"));
  EXPECT_FALSE(channel_.sent("TABLE c"));
}

TEST_F(StepSessionTest, rolls_back_when_live_code_dies) {
  run_.code("b", [](StepHost& host) {
    host.query("SELECT 1", {}, call_at("b", 3));
    throw Died{"was ended by signal 11"};
  });
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "9: revision b failed: its code was ended by signal 11");
  EXPECT_FALSE(channel_.in_transaction());
  EXPECT_FALSE(channel_.sent("COMMIT;\nBEGIN;\nRESET ALL"));
  EXPECT_EQ(outcome.error->database(), "unchanged by this revision, still at base (0 of 1 applied)");
}

TEST_F(StepSessionTest, tells_the_first_failure_when_an_earlier_step_fails_as_code_goes_live) {
  channel_.fail("TABLE a", "42P07", "exists");
  run_.sql("a", "CREATE TABLE a ();").code("b", [](StepHost& host) { host.query("SELECT 1", {}, call_at("b", 3)); });
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "9: revision a failed: exists (a/up.sql, line 1)");
  EXPECT_EQ(states_of(outcome), "a:failed b:untouched");
  EXPECT_FALSE(channel_.sent("SELECT 1"));
}

TEST_F(StepSessionTest, does_not_let_code_go_on_after_a_failure_it_swallowed) {
  channel_.fail("SELECT 1", "42P01", "no");
  run_.code("b", [](StepHost& host) {
    try {
      host.query("SELECT 1", {}, call_at("b", 3));
    } catch (const HostCallFailed&) {
    }
    EXPECT_THROW(host.execute("CREATE TABLE b ()", call_at("b", 4)), HostCallFailed);
  });
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "9: revision b failed: no (b.cpp, line 3)");
  EXPECT_FALSE(channel_.sent("TABLE b"));
}

TEST_F(StepSessionTest, refuses_transaction_control_before_it_is_sent) {
  const Outcome outcome = run_.code("b", executes("COMMIT; CREATE TABLE b ()")).run();
  EXPECT_EQ(told(outcome), "9: revision b failed: COMMIT is not allowed in a revision (c.cpp, line 3)");
  EXPECT_FALSE(channel_.sent("TABLE b"));
}

TEST_F(StepSessionTest, takes_one_statement_per_query) {
  run_.code("b", [](StepHost& host) { host.query("SELECT 1; SELECT 2", {}, call_at("b", 3)); });
  EXPECT_EQ(told(run_.run()), "9: revision b failed: query() and run() take one statement, not 2 (b.cpp, line 3)");
}

TEST_F(StepSessionTest, runs_live_code_again_after_a_lock_timeout) {
  channel_.fail("SELECT 1", "55P03", "canceling statement due to lock timeout").once();
  run_.code("b", [](StepHost& host) { host.query("SELECT 1", {}, call_at("b", 3)); });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(run_.scripted.runs(), (std::vector<std::string>{"b", "b"}));
  EXPECT_TRUE(channel_.sent("lock_timeout = '200ms'"));
}

TEST_F(StepSessionTest, runs_code_that_only_executes_once_and_sends_its_statements_again) {
  channel_.fail("TABLE b", "55P03", "canceling statement due to lock timeout").once();
  run_.code("b", executes("CREATE TABLE b ()"));
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(run_.scripted.runs(), std::vector<std::string>{"b"});
}

TEST_F(StepSessionTest, does_not_run_code_again_that_is_not_retryable) {
  channel_.fail("SELECT 1", "55P03", "canceling statement due to lock timeout");
  run_.limits.lock_wait = std::chrono::seconds(60);
  run_.code("b", [](StepHost& host) { host.query("SELECT 1", {}, call_at("b", 3)); }, {.retryable = false});
  EXPECT_EQ(told(run_.run()), "7: revision b failed: canceling statement due to lock timeout (b.cpp, line 3)");
  EXPECT_EQ(run_.scripted.runs().size(), 1u);
  EXPECT_TRUE(channel_.sent("lock_timeout = '60000ms'"));
}

TEST_F(StepSessionTest, gives_code_up_when_the_budget_is_spent) {
  channel_.fail("SELECT 1", "55P03", "canceling statement due to lock timeout");
  run_.limits.lock_wait = std::chrono::seconds(2);
  run_.code("b", [](StepHost& host) { host.query("SELECT 1", {}, call_at("b", 3)); });
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "7: revision b failed: canceling statement due to lock timeout (b.cpp, line 3)");
  EXPECT_NE(outcome.error->hint().find("--lock-wait"), std::string::npos);
  EXPECT_GT(run_.scripted.runs().size(), 2u);
}

TEST_F(StepSessionTest, counts_live_code_as_done_when_only_the_clean_up_failed) {
  channel_.fail("DISCARD TEMP", "57014", "canceling statement").once();
  run_.code("b", [](StepHost& host) { host.query("SELECT 1", {}, call_at("b", 3)); });
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(states_of(outcome), "b:done");
  EXPECT_FALSE(channel_.in_transaction());
}

TEST_F(StepSessionTest, says_that_the_server_rolled_back_at_commit) {
  channel_.answer("COMMIT", {.tag = "ROLLBACK", .columns = {}, .rows = {}}).once();
  run_.code("b", [](StepHost& host) { host.query("SELECT 1", {}, call_at("b", 3)); });
  const Outcome outcome = run_.run();
  EXPECT_EQ(states_of(outcome), "b:failed");
  EXPECT_NE(told(outcome).find("COMMIT"), std::string::npos);
}

TEST_F(StepSessionTest, reports_a_connection_lost_under_live_code) {
  channel_.lose("SELECT 1");
  run_.sql("a", "SELECT 0;").code("b", [](StepHost& host) { host.query("SELECT 1", {}, call_at("b", 3)); });
  const Outcome outcome = run_.run();
  EXPECT_TRUE(outcome.lost);
  EXPECT_EQ(states_of(outcome), "a:done b:unknown");
}

TEST_F(StepSessionTest, makes_an_outcome_of_what_the_runner_throws) {
  class BrokenRunner : public StepRunner {
    void load(std::span<const Revision* const>) override {}
    StepEnd run(const Step&, StepHost& host) override {
      host.query("SELECT 1", {}, {});
      throw Error(Category::internal, "the wire is broken");
    }
  } broken;
  run_.runner = &broken;
  run_.sql("a", "SELECT 0;").code("b", nullptr);
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "70: revision b failed: the wire is broken");
  EXPECT_EQ(states_of(outcome), "a:done b:failed");
  EXPECT_FALSE(channel_.in_transaction());
}

TEST_F(StepSessionTest, keeps_what_the_code_said_about_a_failed_call) {
  class CommentingRunner : public StepRunner {
    void load(std::span<const Revision* const>) override {}
    StepEnd run(const Step&, StepHost& host) override {
      try {
        host.query("SELECT 1", {}, call_at("b", 3));
      } catch (HostCallFailed& failed) {
        return {std::move(failed.error.context("its code said: no luck")), false};
      }
      return {};
    }
  } commenting;
  channel_.fail("SELECT 1", "42P01", "no");
  run_.runner = &commenting;
  run_.code("b", nullptr);
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "9: revision b failed: no (b.cpp, line 3)");
  EXPECT_EQ(outcome.error->context(), std::vector<std::string>{"its code said: no luck"});
}

TEST_F(StepSessionTest, gives_variables_progress_and_the_wish_to_stop) {
  run_.variables["tenant"] = "seven";
  run_.code("b", [](StepHost& host) {
    EXPECT_EQ(host.variable("tenant"), "seven");
    EXPECT_EQ(host.variable("nothing"), std::nullopt);
    EXPECT_FALSE(host.cancelled());
    host.progress(1, 2, "rows");
    host.log(LogLevel::warning, "careful");
  });
  run_.run();
  EXPECT_EQ(run_.observer.events()[0], "progress +b 1/2 rows");
  EXPECT_EQ(run_.observer.events()[1], "warning: careful");
}

TEST(StepSessionCommit, is_refused_in_every_call_before_it_is_sent) {
  const std::function<void(StepHost&)> calls[] = {
      [](StepHost& host) { host.execute("COMMIT", call_at("a", 3)); },
      [](StepHost& host) { host.run("COMMIT", {}, call_at("a", 3)); },
      [](StepHost& host) { host.query("COMMIT", {}, call_at("a", 3)); },
  };
  for (const auto& call : calls) {
    FakeChannel channel;
    ScriptedRun run(channel);
    run.code("a", [&](StepHost& host) {
      host.query("SELECT 1", {}, call_at("a", 2));
      call(host);
    });
    EXPECT_EQ(told(run.run()), "9: revision a failed: COMMIT is not allowed in a revision (a.cpp, line 3)");
    EXPECT_EQ(std::count(channel.statements().begin(), channel.statements().end(), "COMMIT"), 1) << "of the journal's entry";
  }
}

/// What no lexer sees, a procedure of another language for instance.
class EndsTheTransaction : public FakeChannel {
 public:
  bool in_transaction() const override { return !sent("CALL something()") && FakeChannel::in_transaction(); }
};

TEST(StepSessionCommit, that_came_about_all_the_same_fails_the_step) {
  EndsTheTransaction channel;
  ScriptedRun run(channel);
  run.code("a", [](StepHost& host) { host.query("CALL something()", {}, call_at("a", 3)); });
  EXPECT_EQ(told(run.run()), "9: revision a failed: its code ended the transaction that Cairn holds");
}

}  // namespace
}  // namespace cairn::test
