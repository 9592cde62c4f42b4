#include "engine/engine_database.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

class LocksOnServer : public testing::Test {
 protected:
  LocksOnServer() {
    database_.execute("CREATE TABLE held (id int)");
    holder_.execute("BEGIN; LOCK TABLE held IN ACCESS SHARE MODE");
  }

  EngineDatabase database_;
  Session holder_{database_.database().conninfo()};
  ScriptedRun run_{database_.channel()};
};

TEST_F(LocksOnServer, apply_after_the_holder_has_let_go) {
  run_.on_pause = [this] {
    if (run_.pauses.size() == 2) holder_.execute("COMMIT");
    return true;
  };
  run_.tables("t", 2).sql("m", "ALTER TABLE held ADD COLUMN v text;").tables("u", 2);
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "no error");
  EXPECT_EQ(run_.pauses.size(), 2u);
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"u02"});
  EXPECT_EQ(run_.observer.events(),
            (std::vector<std::string>{
                "window 5 from +t01", "done +t01", "done +t02",
                "retrying +m: revision m failed: canceling statement due to lock timeout", "window 3 from +m",
                "retrying +m: revision m failed: canceling statement due to lock timeout", "window 3 from +m",
                "done +m", "done +u01", "done +u02"}));
}

TEST_F(LocksOnServer, apply_live_code_after_the_holder_has_let_go) {
  run_.on_pause = [this] {
    holder_.execute("COMMIT");
    return true;
  };
  run_.tables("t", 1).code("m", [](StepHost& host) {
    host.execute("CREATE TABLE m (id int)", call_at("m", 1));
    host.query("ALTER TABLE held ADD COLUMN v text", {}, call_at("m", 2));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(run_.scripted.runs().size(), 2u);
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"m"});
}

TEST_F(LocksOnServer, are_given_up_when_the_budget_is_spent) {
  run_.limits.lock_wait = std::chrono::milliseconds(1500);
  run_.tables("t", 1).sql("m", "SELECT 1;\nALTER TABLE held ADD COLUMN v text;").tables("u", 1);
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "7: revision m failed: canceling statement due to lock timeout (m/up.sql, line 2)");
  EXPECT_EQ(states_of(outcome), "t01:done m:failed u01:untouched");
  EXPECT_EQ(outcome.error->sqlstate(), "55P03");
  EXPECT_EQ(outcome.error->detail(), "Locks were waited for within 1.5 s, in several attempts.");
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"t01"});
}

TEST_F(LocksOnServer, are_waited_for_in_one_attempt_when_there_must_be_no_other) {
  run_.limits.lock_wait = std::chrono::milliseconds(300);
  run_.sql("m", "ALTER TABLE held ADD COLUMN v text;", {.retryable = false});
  const Outcome outcome = run_.run();
  EXPECT_EQ(told(outcome), "7: revision m failed: canceling statement due to lock timeout (m/up.sql, line 1)");
  EXPECT_EQ(outcome.error->detail(),
            "Locks were waited for within 0.3 s, in one attempt: its author says that it must not be repeated.");
}

TEST_F(LocksOnServer, that_deadlock_are_tried_again) {
  database_.execute("CREATE TABLE other (id int)");
  run_.on_pause = [this] {
    holder_.finish();
    holder_.execute("COMMIT");
    return true;
  };
  bool first = true;
  run_.code("m", [&](StepHost& host) {
    host.query("SET LOCAL deadlock_timeout = '20ms'", {}, call_at("m", 1));
    host.query("SET LOCAL lock_timeout = 0", {}, call_at("m", 1));
    host.query("LOCK TABLE other", {}, call_at("m", 2));
    if (std::exchange(first, false)) {
      holder_.send("LOCK TABLE other");
      ASSERT_TRUE(becomes(database_.database().session(), "SELECT count(*) FROM pg_locks WHERE NOT granted", "1"));
    }
    host.query("LOCK TABLE held", {}, call_at("m", 3));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(run_.scripted.runs().size(), 2u);
}

}  // namespace
}  // namespace cairn::test
