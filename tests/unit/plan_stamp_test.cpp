#include "base/text.hpp"
#include "graph/new_revision.hpp"
#include "graph/stamp.hpp"
#include "graph/target_error.hpp"
#include "support/graph_text.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

using test::graph_of;
using test::words;

TEST(PlanStamp, replaces_the_rows_of_the_lineage_and_no_other) {
  struct Case { const char* name; const char* graph; const char* rows; const char* targets; StampMode mode; const char* rows_after; };
  const auto keep = StampMode::keep_others;
  const auto purge = StampMode::purge;
  const Case cases[] = {
      {"an empty table", "a>b>c", "", "head", keep, "c"},
      {"upwards", "a>b>c", "a", "c", keep, "c"},
      {"downwards", "a>b>c", "c", "a", keep, "a"},
      {"already there", "a>b", "b", "b", keep, "b"},
      {"another branch stays", "a>b a>c", "b", "c", keep, "b c"},
      {"heads from partly matching rows", "a>b>d a>c>e", "d c", "heads", keep, "d e"},
      {"a dependency is lineage too", "a b(a)", "a", "b", keep, "b"},
      {"one after the other", "a>b", "", "b a", keep, "a"},
      {"two branches", "a>b a>c", "", "b c", keep, "b c"},
      {"base", "a>b c>d", "b d", "base", keep, ""},
      {"base adds nothing to others", "a c", "a", "base c", keep, "a c"},
      {"base of a branch", "a>b[left] c>d", "b d", "left@base", keep, "d"},
      {"redundant rows go", "a>b>c d", "a b c", "d", keep, "c d"},
      {"purge drops what is not named", "a>b a>c", "b", "c", purge, "c"},
      {"purge drops unknown rows", "a>b", "feedface", "b", purge, "b"},
      {"purge to base", "a>b", "feedface b", "base", purge, ""},
  };
  for (const Case& c : cases) {
    const RevisionGraph graph = graph_of(c.graph);
    const Stamp stamp = plan_stamp(graph, words(c.rows), words(c.targets), c.mode);
    EXPECT_EQ(join(stamp.rows_after, " "), c.rows_after) << c.name;
  }
}

TEST(PlanStamp, tells_what_is_there_and_whether_anything_changes) {
  const RevisionGraph graph = graph_of("a>b a>c");
  const Stamp stamp = plan_stamp(graph, words("c b"), words("c"));
  EXPECT_EQ(join(stamp.rows_before, " "), "b c");
  EXPECT_TRUE(stamp.empty());
  EXPECT_FALSE(plan_stamp(graph, words("c b"), words("base")).empty());
}

TEST(PlanStamp, refuses_counts_unknown_rows_and_several_heads) {
  const RevisionGraph graph = graph_of("a>b a>c");
  EXPECT_THROW(plan_stamp(graph, {}, words("-1")), TargetError);
  EXPECT_THROW(plan_stamp(graph, {}, words("b+1")), TargetError);
  EXPECT_THROW(plan_stamp(graph, {}, words("head")), TargetError);
  EXPECT_THROW(plan_stamp(graph, {}, words("b nope")), TargetError);
  try {
    plan_stamp(graph, words("feedface"), words("b"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::history);
  }
}

TEST(NewLinks, are_resolved_to_ids_but_keep_labels_in_depends_on) {
  const RevisionGraph graph = graph_of("aaaa>bbbb[left] aaaa>cccc x");
  const auto links = resolve_new_links(graph, words("left@head ccc"), words("left x"), Splice::refuse);
  EXPECT_EQ(join(links.down_revisions, " "), "bbbb cccc");
  EXPECT_EQ(join(links.depends_on, " "), "left x");
  EXPECT_TRUE(resolve_new_links(graph, words("base"), {}, Splice::refuse).down_revisions.empty());
}

TEST(NewLinks, refuse_what_would_branch_unasked) {
  const RevisionGraph graph = graph_of("a>b a>c");
  EXPECT_THROW(resolve_new_links(graph, words("a"), {}, Splice::refuse), TargetError);
  EXPECT_EQ(resolve_new_links(graph, words("a"), {}, Splice::allow).down_revisions, words("a"));
  EXPECT_THROW(resolve_new_links(graph, words("head"), {}, Splice::allow), TargetError);
  EXPECT_THROW(resolve_new_links(graph, words("b b"), {}, Splice::allow), TargetError);
  EXPECT_THROW(resolve_new_links(graph, words("b"), words("base"), Splice::allow), TargetError);
}

}  // namespace
}  // namespace cairn
