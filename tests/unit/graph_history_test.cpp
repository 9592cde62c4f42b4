#include "graph/history.hpp"

#include "base/error.hpp"
#include "graph/target_error.hpp"
#include "support/graph_text.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

using test::graph_of;
using test::ids_text;
using test::words;

TEST(History, is_newest_first_and_may_be_cut_at_both_ends) {
  struct Case { const char* name; const char* graph; const char* rows; const char* range; const char* ids; };
  const Case cases[] = {
      {"all", "a>b>c", "", "", "c b a"},
      {"a branch at the lower end keeps to it", "a>b[x]>c a>d", "", "x@a:", "c b a"},
      {"a branch at the lower end, another one at the upper", "a>b[x]>c a>d[y]", "", "x@a:y@head", "d a"},
      {"both ends are included", "a>b>c>d", "", "b:c", "c b"},
      {"from an id", "a>b>c", "", "b:", "c b"},
      {"up to an id", "a>b>c", "", ":b", "b a"},
      {"other branches are left out", "a>b>c a>d", "", "b:", "c b"},
      {"both sides of a merge", "a>b a>c b,c>d", "", "a:d", "d c b a"},
      {"from what is applied", "a>b>c", "b", "current:", "c b"},
      {"up to what is applied", "a>b>c", "b", ":current", "b a"},
      {"counted from the head", "a>b>c>d", "", "-1:", "d c"},
      {"counted from the lower end", "a>b>c>d", "", "b:+1", "c b"},
      {"counts stop at the last one", "a>b>c", "", "b:+9", "c b"},
      {"counts stop at the first one", "a>b>c", "", "-9:b", "b a"},
      {"what is needed below is shown", "x a>b(x)>c", "", ":b", "b x a"},
      {"through a dependency", "a>b c>d(a)", "", "a:d", "d a"},
      {"a branch", "a>b[left]>c a>d", "", "left@base:", "c b a"},
  };
  for (const Case& c : cases) {
    const RevisionGraph graph = graph_of(c.graph);
    EXPECT_EQ(ids_text(graph, resolve_history(graph, words(c.rows), c.range)), c.ids) << c.name;
  }
}

TEST(History, refuses_ranges_that_lead_nowhere) {
  const RevisionGraph graph = graph_of("a>b>c a>d");
  struct Case { const char* range; TargetProblem problem; };
  const Case cases[] = {
      {"c:b", TargetProblem::reversed_range}, {"b:d", TargetProblem::reversed_range}, {"b", TargetProblem::range},
      {"a:head", TargetProblem::multiple_heads}, {"heads:+1", TargetProblem::multiple_heads},
      {"-1:+1", TargetProblem::multiple_heads}, {"zzzz:b", TargetProblem::unknown},
      {"a:-1", TargetProblem::wrong_direction}, {"a:+1", TargetProblem::ambiguous_walk}, {"b+1:", TargetProblem::relative_not_allowed},
  };
  for (const Case& c : cases) {
    try {
      resolve_history(graph, {}, c.range);
      ADD_FAILURE() << c.range << " was accepted";
    } catch (const TargetError& error) {
      EXPECT_EQ(error.problem(), c.problem) << c.range << ": " << error.message();
    }
  }
}

TEST(Current, shows_the_rows_and_the_heads_they_imply) {
  const RevisionGraph graph = graph_of("a1>a2 b1>b2(a2)");
  EXPECT_EQ(ids_text(graph, current_nodes(graph, words("b2"))), "a2 b2");
  EXPECT_EQ(ids_text(graph, current_nodes(graph, words("b1 a1"))), "a1 b1");
  EXPECT_EQ(ids_text(graph, resolve_shown(graph, words("b2"), "current")), "b2");
  EXPECT_THROW(current_nodes(graph, words("feedface")), Error);
}

TEST(Branches, are_the_points_on_which_several_rest) {
  const RevisionGraph graph = graph_of("a>b a>c b>d b>e f(a)");
  const auto branches = branches_of(graph);
  ASSERT_EQ(branches.size(), 2u);
  EXPECT_EQ(graph.revision(branches[0].node).id, "b");
  EXPECT_EQ(ids_text(graph, branches[0].children), "d e");
  EXPECT_EQ(graph.revision(branches[1].node).id, "a");
  EXPECT_EQ(ids_text(graph, branches[1].children), "b c");
}

}  // namespace
}  // namespace cairn
