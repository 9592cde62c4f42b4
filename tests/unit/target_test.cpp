#include "graph/target.hpp"

#include "graph/history.hpp"
#include "graph/resolve.hpp"
#include "graph/target_error.hpp"
#include "support/graph_text.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

std::string text_of(const Target& target) {
  return target.branch.value_or("-") + " " + (target.atom.empty() ? "-" : target.atom) + " " +
         (target.offset ? std::to_string(*target.offset) : "-");
}

TEST(Target, is_taken_apart) {
  struct Case { const char* text; const char* parts; };
  const Case cases[] = {
      {"ae1027a6acf", "- ae1027a6acf -"},
      {"head", "- head -"},
      {"+2", "- - 2"},
      {"-1", "- - -1"},
      {"+0", "- - 0"},
      {"v1.0+1", "- v1.0 1"},
      {"two words-3", "- two words -3"},
      {"web@head", "web head -"},
      {"web@+1", "web - 1"},
      {"web@base+3", "web base 3"},
      {"web@ab-2", "web ab -2"},
      {"+007", "- - 7"},
      {"-99999999999999999999999999", "- - -1000000"},
  };
  for (const Case& c : cases) EXPECT_EQ(text_of(parse_target(c.text)), c.parts) << c.text;
}

TEST(Target, refuses_what_it_cannot_be) {
  struct Case { const char* text; TargetProblem problem; };
  const Case cases[] = {
      {"", TargetProblem::malformed},
      {"@", TargetProblem::malformed},
      {"@head", TargetProblem::malformed},
      {"web@", TargetProblem::malformed},
      {"a@b@c", TargetProblem::malformed},
      {"a+1@b", TargetProblem::malformed},
      {"+", TargetProblem::malformed},
      {"head-", TargetProblem::malformed},
      {"a+1xyz", TargetProblem::malformed},
      {"a+1-1", TargetProblem::malformed},
      {"--1", TargetProblem::malformed},
      {"a:b", TargetProblem::range},
      {":", TargetProblem::range},
  };
  for (const Case& c : cases) {
    try {
      parse_target(c.text);
      ADD_FAILURE() << c.text << " was accepted";
    } catch (const TargetError& error) {
      EXPECT_EQ(error.problem(), c.problem) << c.text;
      EXPECT_EQ(error.category(), Category::graph) << c.text;
      EXPECT_FALSE(error.hint().empty()) << c.text;
    }
  }
}

TEST(TargetRange, is_taken_apart_at_its_colon) {
  struct Case { const char* text; const char* from; const char* to; };
  const Case cases[] = {{"", "-", "-"}, {":", "-", "-"}, {"a:", "a", "-"}, {":b", "-", "b"}, {"-2:web@head", "-2", "web@head"}};
  for (const Case& c : cases) {
    const TargetRange range = parse_target_range(c.text);
    EXPECT_EQ(range.from.value_or("-"), c.from) << c.text;
    EXPECT_EQ(range.to.value_or("-"), c.to) << c.text;
  }
  EXPECT_THROW(parse_target_range("a"), TargetError);
  EXPECT_THROW(parse_target_range("a:b:c"), TargetError);
}

TEST(Target, names_revisions) {
  struct Case { const char* name; const char* graph; const char* target; const char* ids; };
  const Case cases[] = {
      {"id", "abc1>abd2", "abc1", "abc1"},
      {"exact id wins over prefix", "ab12>ab123", "ab12", "ab12"},
      {"prefix of one letter", "abc1>bcd2", "b", "bcd2"},
      {"prefix of a label", "abc1[website]>bcd2", "web", "abc1"},
      {"id and label of one revision are one match", "webb[website]>bcd2", "web", "webb"},
      {"short ids are matched whole only", "ab1>abc2", "ab", "abc2"},
      {"prefix made clear by the branch", "abc1>left abd2>right", "right@ab", "abd2"},
      {"label", "a>b[web]>c", "web", "b"},
      {"head", "a>b>c", "head", "c"},
      {"head of nothing", "", "head", ""},
      {"heads", "a>b a>c", "heads", "b c"},
      {"heads but for what another needs", "a b(a)", "heads", "b"},
      {"heads of a branch", "a>b[web]>c b>d a>e", "web@heads", "c d"},
      {"head of a branch", "a>b[web]>c a>d", "web@head", "c"},
      {"head of a branch named by id", "a>b>c a>d", "b@head", "c"},
      {"base", "a>b", "base", ""},
      {"below the head", "a>b>c", "-1", "b"},
      {"below the head of a branch", "a>b[web]>c a>d>e", "web@-1", "b"},
  };
  for (const Case& c : cases) {
    const RevisionGraph graph = test::graph_of(c.graph);
    EXPECT_EQ(test::ids_text(graph, resolve_shown(graph, {}, c.target)), c.ids) << c.name;
  }
}

TEST(Target, that_names_nothing_is_refused_precisely) {
  struct Case { const char* name; const char* graph; const char* target; TargetProblem problem; const char* message; const char* hint; };
  const Case cases[] = {
      {"unknown", "abcd>bcde", "abdc", TargetProblem::unknown, "no revision or label \"abdc\"", "Did you mean \"abcd\"?"},
      {"ambiguous", "abc1>abc2", "abc", TargetProblem::ambiguous, "\"abc\" is the beginning of 2 revisions", "Type more"},
      {"no such branch", "a>b", "wbe@head", TargetProblem::unknown_branch, "no branch \"wbe\"", "cairn history"},
      {"not on the branch", "a>b[left] a>c", "left@c", TargetProblem::not_member, "revision \"c\" is not on branch \"left\"", "Leave"},
      {"several heads", "a>b[left] a>c[right]", "head", TargetProblem::multiple_heads, "\"head\" means one head, and there are 2",
       "For all of them \"cairn show heads\"; for one of them \"cairn show left@head\", \"cairn show right@head\"."},
      {"several heads without labels", "a>b a>c", "head", TargetProblem::multiple_heads, "\"head\" means one head, and there are 2",
       "\"cairn show b\", \"cairn show c\""},
      {"too far below the head", "a>b", "-5", TargetProblem::relative_too_far, "goes too far", "smaller number"},
      {"counted from an id", "a>b", "a+1", TargetProblem::relative_not_allowed, "a fixed revision is wanted", "Name the revision"},
      {"a merge below", "a>c b>c c>d a,b>d", "-1", TargetProblem::ambiguous_walk, "3 ways lead down from revision \"d\"", "LABEL@"},
  };
  for (const Case& c : cases) {
    const RevisionGraph graph = test::graph_of(c.graph);
    try {
      resolve_shown(graph, {}, c.target);
      ADD_FAILURE() << c.name << ": was accepted";
    } catch (const TargetError& error) {
      EXPECT_EQ(error.problem(), c.problem) << c.name;
      EXPECT_EQ(error.category(), Category::graph) << c.name;
      EXPECT_NE(error.message().find(c.message), std::string::npos) << c.name << ": " << error.message();
      EXPECT_NE(error.hint().find(c.hint), std::string::npos) << c.name << ": " << error.hint();
    }
  }
}

TEST(Target, that_is_ambiguous_is_refused_with_the_choices) {
  const RevisionGraph graph = test::graph_of("abc1>abc2");
  try {
    resolve_shown(graph, {}, "abc");
    FAIL();
  } catch (const TargetError& error) {
    EXPECT_EQ(error.detail(), "abc1 \"make abc1\"\nabc2 \"make abc2\"");
  }
}

}  // namespace
}  // namespace cairn
