#include "engine/scripted_run.hpp"

#include "support/fake_channel.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

using Rows = std::vector<std::string>;

/// An outcome of a run that was lost in its second of four steps.
class SettleTest : public testing::Test {
 protected:
  SettleTest() {
    channel_.lose("TABLE t02");
    outcome_ = run_.tables("t", 4).run();
  }
  void settle_at(Rows rows, std::vector<Unfinished> unfinished = {}) {
    State state;
    state.rows = std::move(rows);
    state.unfinished = std::move(unfinished);
    settle(outcome_, run_.plan(), state);
  }

  FakeChannel channel_;
  ScriptedRun run_{channel_};
  Outcome outcome_;
};

struct SettleCase {
  Rows rows;
  const char* states;
  const char* database;
};

TEST_F(SettleTest, takes_the_rows_for_the_truth) {
  const SettleCase cases[] = {
      {{}, "t01:untouched t02:untouched t03:untouched t04:untouched", "at base (0 of 4 applied)"},
      {{"t01"}, "t01:done t02:untouched t03:untouched t04:untouched", "at t01 (1 of 4 applied)"},
      {{"t03"}, "t01:done t02:done t03:done t04:untouched", "at t03 (3 of 4 applied)"},
      {{"t04"}, "t01:done t02:done t03:done t04:done", "at t04 (4 of 4 applied)"},
  };
  for (const SettleCase& row : cases) {
    settle_at(row.rows);
    EXPECT_EQ(states_of(outcome_), row.states);
    EXPECT_EQ(describe_database(outcome_), row.database);
    EXPECT_EQ(outcome_.rows, row.rows);
  }
}

TEST_F(SettleTest, says_when_the_rows_fit_no_step) {
  try {
    settle_at({"x", "y"});
    FAIL() << "nothing was said";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::history);
    EXPECT_EQ(error.message(), "the version rows are x, y, which no step of this run leaves");
  }
}

TEST_F(SettleTest, tells_of_a_statement_that_was_never_seen_to_end) {
  settle_at({"t01"}, {{.revision = "t02", .direction = "up", .statement = 3, .started_at = "then", .client = "bob@there:1",
                       .stopped = false, .error = ""}});
  EXPECT_EQ(states_of(outcome_), "t01:done t02:failed t03:untouched t04:untouched");
  EXPECT_EQ(outcome_.error->category(), Category::unfinished);
}

TEST(DescribeDatabase, counts_what_was_undone_on_the_way_down) {
  Revision revision;
  Outcome outcome;
  outcome.steps = {{&revision, Direction::down, StepState::done, {}}, {&revision, Direction::down, StepState::failed, {}}};
  outcome.rows = {"a", "b"};
  EXPECT_EQ(describe_database(outcome), "at a, b (1 of 2 undone)");
}

}  // namespace
}  // namespace cairn::test
