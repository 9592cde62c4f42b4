#include "engine/engine_database.hpp"
#include "support/delay_proxy.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

namespace cairn::test {
namespace {

constexpr std::size_t steps = 12;

/// After any end of a run: what the rows say is there, nothing else is, and the outcome says the same.
void expect_truth(EngineDatabase& database, Outcome outcome, const Plan& plan) {
  if (outcome.lost) settle(outcome, plan, database.reconnect());
  EXPECT_EQ(difference_from_rows(database, plan), "");
  EXPECT_EQ(outcome.rows, database.rows());
  EXPECT_EQ(outcome.done(), database.effects().size());
  EXPECT_TRUE(database.lock_is_held());
}

/// The run that follows goes to the end.
void expect_rest_applies(EngineDatabase& database, const ScriptedRun& lost) {
  ScriptedRun run(database.channel());
  Plan plan = lost.plan();
  std::vector<Work> work = lost.work();
  const std::size_t done = database.effects().size();
  plan.steps.erase(plan.steps.begin(), plan.steps.begin() + static_cast<std::ptrdiff_t>(done));
  work.erase(work.begin(), work.begin() + static_cast<std::ptrdiff_t>(done));
  plan.rows_before = database.rows();
  EXPECT_EQ(told(run.run(plan, work)), "no error");
  EXPECT_EQ(database.rows(), plan.rows_after);
  EXPECT_EQ(difference_from_rows(database, lost.plan()), "");
}

class CutConnection : public testing::Test {
 protected:
  /// What a whole run sends and receives, so that cuts can be spread over it.
  struct Bytes {
    std::uint64_t to_server;
    std::uint64_t to_client;
  };

  Bytes measure() {
    database_.connect(url());
    proxy_.reset_counters();
    ScriptedRun run(database_.channel());
    prepare(run);
    EXPECT_EQ(told(run.run()), "no error");
    return {proxy_.bytes_to_server(), proxy_.bytes_to_client()};
  }

  std::string url() const { return proxy_.url(database_name_, "tester"); }

  /// Several windows, so that a cut can hit between them.
  static void prepare(ScriptedRun& run) {
    run.limits.window_steps = 5;
    run.tables("t", steps);
  }

  void cut_and_check(const std::function<void()>& arm) {
    database_.clear();
    database_.connect(url());
    ScriptedRun run(database_.channel());
    prepare(run);
    arm();
    const Outcome outcome = run.run();
    EXPECT_TRUE(outcome.lost);
    EXPECT_EQ(outcome.error ? outcome.error->category() : Category::none, Category::connection);
    expect_truth(database_, outcome, run.plan());
    expect_rest_applies(database_, run);
  }

  EngineDatabase database_;
  std::string database_name_ = database_.database().name();
  DelayProxy proxy_{TestServer::shared().socket_path()};
};

TEST_F(CutConnection, leaves_rows_that_equal_effects_wherever_the_way_to_the_server_breaks) {
  const std::uint64_t total = measure().to_server;
  for (std::uint64_t i = 0; i < 10; ++i) {
    const std::uint64_t bytes = i * total / 10 + i;
    SCOPED_TRACE(fmt::format("cut after {} of {} bytes", bytes, total));
    cut_and_check([&] { proxy_.cut_after_bytes_to_server(bytes); });
  }
}

TEST_F(CutConnection, leaves_rows_that_equal_effects_wherever_the_way_back_breaks) {
  const std::uint64_t total = measure().to_client;
  for (std::uint64_t i = 0; i < 12; ++i) {
    const std::uint64_t bytes = i * total / 12 + i;
    SCOPED_TRACE(fmt::format("cut after {} of {} bytes", bytes, total));
    cut_and_check([&] { proxy_.cut_after_bytes_to_client(bytes); });
  }
}

TEST_F(CutConnection, leaves_rows_that_equal_effects_under_live_code) {
  for (const bool late : {false, true}) {
    database_.clear();
    database_.connect(url());
    ScriptedRun run(database_.channel());
    run.tables("t", 3).code("live", [&](StepHost& host) {
      host.query("CREATE TABLE live (id int)", {}, call_at("live", 1));
      if (!late) proxy_.cut();
      host.execute("INSERT INTO live VALUES (1)", call_at("live", 2));
      if (late) proxy_.cut_after_bytes_to_client(1);   // it hits the answer to COMMIT
    });
    const Outcome outcome = run.run();
    EXPECT_TRUE(outcome.lost);
    expect_truth(database_, outcome, run.plan());
    EXPECT_EQ(database_.rows(), std::vector<std::string>{late ? "live" : "t03"});
  }
}

class TerminatedBackend : public testing::Test {
 protected:
  EngineDatabase database_;
};

constexpr const char* terminate = "SELECT pg_terminate_backend(pg_backend_pid());";

TEST_F(TerminatedBackend, leaves_rows_that_equal_effects_in_every_step) {
  for (std::size_t victim = 1; victim <= steps; ++victim) {
    SCOPED_TRACE(victim);
    database_.clear();
    ScriptedRun run(database_.channel());
    run.limits.window_steps = 5;
    run.tables("a", victim - 1).sql("m", std::string("CREATE TABLE m (id int);\n") + terminate).tables("z", steps - victim);
    const Outcome outcome = run.run();
    EXPECT_TRUE(outcome.lost);
    EXPECT_EQ(outcome.done(), victim - 1);
    EXPECT_EQ(outcome.error->context(),
              std::vector<std::string>{"the server said: terminating connection due to administrator command"});
    expect_truth(database_, outcome, run.plan());
    EXPECT_EQ(database_.effects().size(), victim - 1);
  }
}

TEST_F(TerminatedBackend, leaves_rows_that_equal_effects_at_commit) {
  ScriptedRun run(database_.channel());
  run.tables("t", 2)
      .sql("m", "CREATE TABLE m (id int);\n"
                "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n"
                "  PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60); RETURN NULL; END $$;\n"
                "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON m DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die();\n"
                "INSERT INTO m VALUES (1);\n")
      .tables("u", 2);
  const Outcome outcome = run.run();
  EXPECT_EQ(outcome.done(), 2u);
  expect_truth(database_, outcome, run.plan());
  EXPECT_EQ(database_.rows(), std::vector<std::string>{"t02"});
}

TEST_F(TerminatedBackend, leaves_rows_that_equal_effects_between_the_calls_of_code) {
  for (int call = 0; call < 4; ++call) {
    SCOPED_TRACE(call);
    database_.clear();
    ScriptedRun run(database_.channel());
    run.tables("t", 2).code("live", [&](StepHost& host) {
      const auto strike = [&](int now) {
        if (now == call) database_.value(fmt::format("SELECT pg_terminate_backend({}, 20000)", database_.channel().backend_pid()));
      };
      strike(0);
      host.query("CREATE TABLE live (id int)", {}, call_at("live", 1));
      strike(1);
      host.begin_copy_in("COPY live FROM STDIN", call_at("live", 2));
      strike(2);
      host.write_copy("1\n");
      host.end_copy_in(std::nullopt);
      strike(3);
    });
    const Outcome outcome = run.run();
    EXPECT_TRUE(outcome.lost);
    expect_truth(database_, outcome, run.plan());
    EXPECT_EQ(database_.rows(), call == 0 ? std::vector<std::string>{} : std::vector<std::string>{"t02"});
  }
}

TEST_F(TerminatedBackend, leaves_the_journal_to_tell_of_a_bare_revision) {
  ScriptedRun run(database_.channel());
  run.tables("t", 2).sql("bare", std::string("CREATE TABLE bare (id int);\n") + terminate, {.transactional = false}).tables("u", 1);
  Outcome outcome = run.run();
  ASSERT_TRUE(outcome.lost);
  const State state = database_.reconnect();
  settle(outcome, run.plan(), state);
  EXPECT_EQ(told(outcome), "10: revision bare was stopped in its upgrade: statement 2 was started and never seen to end");
  EXPECT_EQ(states_of(outcome), "t01:done t02:done bare:failed u01:untouched");
  EXPECT_EQ(outcome.error->database(), "changed in part by this revision; its version rows are still at t02 (2 of 4 applied)");
  EXPECT_THROW(require_finished(database_.read_state()), Error);
}

}  // namespace
}  // namespace cairn::test
