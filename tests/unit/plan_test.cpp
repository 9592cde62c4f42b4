#include "graph/plan.hpp"

#include "base/text.hpp"
#include "graph/offline.hpp"
#include "graph/target_error.hpp"
#include "support/graph_text.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

using test::graph_of;
using test::steps_text;
using test::words;

struct Case {
  const char* name;
  const char* graph;
  const char* rows;
  const char* target;
  const char* steps;
  const char* rows_after;
};

void check(const Case& c, const RevisionGraph& graph, const Plan& plan) {
  EXPECT_EQ(steps_text(plan), c.steps) << c.name;
  EXPECT_EQ(join(plan.rows_after, " "), c.rows_after) << c.name;
  std::vector<std::string> rows = plan.rows_before;
  for (const Step& step : plan.steps) {
    EXPECT_EQ(step.rows_before, rows) << c.name << " at " << step.revision->id;
    EXPECT_EQ(step.revision, &graph.revision(graph.find(step.revision->id).value())) << c.name;
    rows = step.rows_after;
  }
  EXPECT_EQ(rows, plan.rows_after) << c.name;
}

TEST(PlanUpgrade, holds_what_the_target_needs_and_is_not_applied) {
  const Case cases[] = {
      {"from empty to head", "a>b>c", "", "head", "+a +b +c", "c"},
      {"only what is missing", "a>b>c", "a", "head", "+b +c", "c"},
      {"nothing to do", "a>b>c", "c", "head", "", "c"},
      {"already beyond", "a>b>c", "c", "a", "", "c"},
      {"to base is nothing", "a>b", "a", "base", "", "a"},
      {"no revisions at all", "", "", "head", "", ""},
      {"merge waits for both", "a>b a>c b,c>d", "b", "d", "+c +d", "d"},
      {"one branch of two", "a>b[left] a>c", "", "left@head", "+a +b", "b"},
      {"the other branch later", "a>b a>c", "b", "heads", "+c", "b c"},
      {"dependency first, and it leaves no row", "a1>a2 b1>b2(a2)", "", "b2", "+a1 +a2 +b1 +b2", "b2"},
      {"dependency by label", "a1>a2[web] b(web)", "", "b", "+a1 +a2 +b", "b"},
      {"one up", "a>b>c", "a", "+1", "+b", "b"},
      {"two up from nothing", "a>b>c", "", "+2", "+a +b", "b"},
      {"up along a branch", "a>b[left]>c a>d", "a", "left@+2", "+b +c", "c"},
      {"up along a branch that is applied only below", "a>b[left]>c a>d", "d", "left@+1", "+b", "b d"},
      {"beside an id", "a>b>c>d", "", "d-2", "+a +b", "b"},
      {"above an id", "a>b>c>d", "", "b+1", "+a +b +c", "c"},
      {"below the head", "a>b>c", "", "head-1", "+a +b", "b"},
      {"above the base", "a>b>c", "", "base+2", "+a +b", "b"},
      {"no step from an id", "a>b", "", "a+0", "+a", "a"},
      {"an id with a dot", "v1.0>v1.1>v2.0", "", "v1.0+1", "+v1.0 +v1.1", "v1.1"},
      {"rows in any order", "a>b a>c b,c>d", "c b", "head", "+d", "d"},
      {"a row that another implies", "a>b>c", "a b", "head", "+c", "c"},
      {"only redundant rows change nothing by themselves", "a>b", "a b", "head", "", "a b"},
  };
  for (const Case& c : cases) {
    const RevisionGraph graph = graph_of(c.graph);
    check(c, graph, plan_upgrade(graph, words(c.rows), c.target));
  }
}

TEST(PlanDowngrade, holds_what_rests_on_the_target) {
  const Case cases[] = {
      {"one back", "a>b>c", "c", "-1", "-c", "b"},
      {"to base", "a>b>c", "c", "base", "-c -b -a", ""},
      {"to base when empty", "a>b", "", "base", "", ""},
      {"to where we are", "a>b", "b", "b", "", "b"},
      {"to an id", "a>b>c>d", "d", "b", "-d -c", "b"},
      {"last one down is the base", "a>b", "a", "-1", "-a", ""},
      {"a merge gives both parents back", "a>b a>c b,c>d", "d", "b", "-d", "b c"},
      {"a fork undoes both sides", "a>b a>c", "b c", "a", "-c -b", "a"},
      {"only the side of the branch", "a>b[left] a>c", "b c", "left@a", "-b", "c"},
      {"a count keeps to the branch of its row", "a>b[left] a>c", "b c", "left@-1", "-b", "c"},
      {"a count from a row by its id", "a>b a>c", "b c", "b@-1", "-b", "c"},
      {"one row, two branches of the graph", "a>b a>c", "b", "-1", "-b", "a"},
      {"what depends on it goes too", "a1>a2 b1>b2(a2)", "b2", "a1", "-b2 -a2", "a1 b1"},
      {"a dependency comes back as a row", "a1>a2 b1>b2(a2)", "b2", "b1", "-b2", "a2 b1"},
      {"base of a branch", "a>b[left] c>d[right]", "b d", "left@base", "-b -a", "d"},
      {"relative to an id", "a>b>c>d", "d", "d-2", "-d -c", "b"},
      {"below the first revision", "a>b", "b", "a-1", "-b -a", ""},
      {"a row that another implies", "a>b>c", "b c", "-1", "-c", "b"},
  };
  for (const Case& c : cases) {
    const RevisionGraph graph = graph_of(c.graph);
    check(c, graph, plan_downgrade(graph, words(c.rows), c.target));
  }
}

TEST(PlanUpgrade, accepts_redundant_rows_and_removes_them_with_the_first_step) {
  const RevisionGraph graph = graph_of("a>b>c>d");
  const Plan plan = plan_upgrade(graph, words("b a"), "head");
  EXPECT_EQ(join(plan.rows_before, " "), "a b");
  ASSERT_EQ(plan.steps.size(), 2u);
  EXPECT_EQ(join(plan.steps[0].rows_before, " "), "a b") << "what the database really holds";
  EXPECT_EQ(join(plan.steps[0].rows_after, " "), "c");
}

struct Refusal {
  const char* name;
  const char* graph;
  const char* rows;
  const char* target;
  TargetProblem problem;
  const char* message;
  const char* hint;
};

template <typename Plan>
void check_refusal(const Refusal& c, Plan plan) {
  const RevisionGraph graph = graph_of(c.graph);
  try {
    plan(graph, words(c.rows), c.target, {});
    ADD_FAILURE() << c.name << ": was accepted";
  } catch (const TargetError& error) {
    EXPECT_EQ(error.problem(), c.problem) << c.name << ": " << error.message();
    EXPECT_NE(error.message().find(c.message), std::string::npos) << c.name << ": " << error.message();
    EXPECT_NE(error.hint().find(c.hint), std::string::npos) << c.name << ": " << error.hint();
  }
}

TEST(PlanUpgrade, refuses_with_the_command_that_would_work) {
  const Refusal cases[] = {
      {"several heads", "a>b[left] a>c[right]", "a", "head", TargetProblem::multiple_heads, "there are 2",
       "For all of them \"cairn upgrade heads\"; for one of them \"cairn upgrade left@head\", \"cairn upgrade right@head\"."},
      {"the wrong sign", "a>b", "a", "-1", TargetProblem::wrong_direction, "\"-1\" is not a way to upgrade", "\"+N\""},
      {"no step", "a>b", "a", "+0", TargetProblem::wrong_direction, "\"+0\" is not a way to upgrade", "from 1"},
      {"too far", "a>b", "a", "+5", TargetProblem::relative_too_far, "\"+5\" goes too far: the head comes after 1 of 5", "smaller"},
      {"too far from an id", "a>b", "", "a+5", TargetProblem::relative_too_far, "the head comes after 1 of 5", "smaller"},
      {"a count that ends at the base", "a>b", "", "a-1", TargetProblem::relative_too_far, "the base comes", "smaller"},
      {"below the base", "a>b", "", "base-1", TargetProblem::relative_too_far, "goes below the base", "Count down"},
      {"a fork above", "a>b a>c", "a", "+1", TargetProblem::ambiguous_walk, "2 ways lead up from revision \"a\"", "LABEL@"},
      {"two bases", "a b", "", "+1", TargetProblem::ambiguous_walk, "2 ways lead up from the base", "LABEL@"},
      {"several rows", "a>b>d a>c>e", "b c", "+1", TargetProblem::ambiguous_rows, "there are 2",
       "\"cairn upgrade b@+1\", \"cairn upgrade c@+1\""},
      {"a range", "a>b", "", "a:b", TargetProblem::range, "is a range", "--sql"},
  };
  for (const Refusal& c : cases) check_refusal(c, plan_upgrade);
}

TEST(PlanDowngrade, refuses_with_the_command_that_would_work) {
  const Refusal cases[] = {
      {"several rows", "a>b a>c", "b c", "-1", TargetProblem::ambiguous_rows,
       "\"-1\" counts from the current revision, and there are 2", "\"cairn downgrade b@-1\", \"cairn downgrade c@-1\""},
      {"the wrong sign", "a>b", "b", "+1", TargetProblem::wrong_direction, "\"+1\" is not a way to downgrade", "\"-N\""},
      {"nothing applied", "a>b", "", "-1", TargetProblem::relative_too_far, "counts down from what is applied, and nothing is", "cairn current"},
      {"too far", "a>b", "b", "-3", TargetProblem::relative_too_far, "the base comes after 2 of 3", "smaller"},
      {"not applied", "a>b>c", "a", "c", TargetProblem::not_applied,
       "cannot downgrade to \"c\": revision \"c\" is not applied", "cairn upgrade c"},
      {"not applied at all", "a>b", "", "a", TargetProblem::not_applied, "revision \"a\" is not applied", "cairn upgrade a"},
      {"kept only by what depends on it", "a b(a)", "b", "a", TargetProblem::not_applied,
       "nothing above revision \"a\" is applied", "cairn downgrade b@-1"},
      {"a merge below", "a>b a>c b,c>d", "d", "-1", TargetProblem::ambiguous_walk, "2 ways lead down from revision \"d\"", "LABEL@"},
      {"irreversible", "a>b!>c", "c", "a", TargetProblem::irreversible, "revision b \"make b\" is irreversible", "Downgrade at most to \"b\""},
      {"the branch does not tell the side", "a[web]>b a>c", "b c", "web@a", TargetProblem::bad_downgrade_branch,
       "does not tell which of 2 sides above \"a\"", "leave"},
      {"not on the branch", "a>b[left] a>c", "b c", "left@c", TargetProblem::not_member, "not on branch", "Leave"},
  };
  for (const Refusal& c : cases) check_refusal(c, plan_downgrade);
}

TEST(PlanDowngrade, names_every_irreversible_revision_on_the_way) {
  const RevisionGraph graph = graph_of("a>b!>c>d!");
  try {
    plan_downgrade(graph, words("d"), "base");
    FAIL();
  } catch (const TargetError& error) {
    EXPECT_EQ(error.message(), "revision d \"make d\" is irreversible");
    ASSERT_EQ(error.also().size(), 1u);
    EXPECT_EQ(error.also()[0].message(), "revision b \"make b\" is irreversible");
  }
  EXPECT_TRUE(plan_downgrade(graph, words("c"), "b").steps.size() == 1u) << "staying above it is allowed";
}

TEST(Plan, names_the_target_before_the_rows_when_both_are_wrong) {
  const RevisionGraph graph = graph_of("a>b");
  EXPECT_THROW(plan_upgrade(graph, words("feedface"), "nope"), TargetError);
  try {
    plan_upgrade(graph, words("feedface"), "head");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::history);
  }
}

TEST(Target, can_be_checked_before_the_rows_are_known) {
  const RevisionGraph graph = graph_of("a>b[left] a>c");
  EXPECT_NO_THROW(require_target(graph, "left@+1", Direction::up));
  EXPECT_NO_THROW(require_target(graph, "-1", Direction::down));
  EXPECT_THROW(require_target(graph, "head", Direction::up), TargetError);
  EXPECT_THROW(require_target(graph, "nope@+1", Direction::up), TargetError);
  EXPECT_THROW(require_target(graph, "-1", Direction::up), TargetError);
}

TEST(OfflineRange, says_where_a_script_begins) {
  const RevisionGraph graph = graph_of("abcd>b[left] abcd>c");
  struct Row { const char* text; const char* command; const char* rows; const char* target; };
  const Row rows[] = {
      {"left@head", "upgrade", "", "left@head"}, {"base:c", "upgrade", "", "c"}, {"ab:left", "upgrade", "abcd", "left"},
      {"left:base", "downgrade", "b", "base"},   {"c:-1", "downgrade", "c", "-1"},
      {"c,left:heads", "upgrade", "b c", "heads"}, {"c,b:abcd", "downgrade", "b c", "abcd"},
  };
  for (const Row& row : rows) {
    const OfflineRange range = resolve_offline(graph, row.text, row.command);
    EXPECT_EQ(join(range.rows, " "), row.rows) << row.text;
    EXPECT_EQ(range.target, row.target) << row.text;
  }
  for (const char* text : {"base", ":base", "b:", "heads:base", "nope:base", "b,nope:base", "b,:base", ",:base"})
    EXPECT_THROW(resolve_offline(graph, text, "downgrade"), TargetError) << text;
}

TEST(OfflineStamp, begins_where_one_of_its_targets_says) {
  const RevisionGraph graph = graph_of("abcd>b[left] abcd>c");
  struct Row { std::vector<std::string> texts; const char* rows; const char* targets; };
  const Row rows[] = {
      {{"left", "c"}, "", "left c"}, {{"abcd:left", "c"}, "abcd", "left c"}, {{"c", "abcd:b"}, "abcd", "c b"},
      {{"abcd:b", "abcd:c"}, "abcd", "b c"}, {{"b,c:base"}, "b c", "base"},
  };
  for (const Row& row : rows) {
    const OfflineStamp stamp = resolve_offline_stamp(graph, row.texts);
    EXPECT_EQ(join(stamp.rows, " "), row.rows) << row.targets;
    EXPECT_EQ(join(stamp.targets, " "), row.targets);
  }
  const std::vector<std::string> two_starts{"b:c", "abcd:b"};
  EXPECT_THROW(resolve_offline_stamp(graph, two_starts), TargetError);
}

}  // namespace
}  // namespace cairn
