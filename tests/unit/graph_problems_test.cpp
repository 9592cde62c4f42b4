#include "graph/graph_problems.hpp"

#include "base/text.hpp"
#include "graph/revision_graph.hpp"
#include "support/graph_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cairn {
namespace {

std::vector<std::string> messages_of(const std::vector<GraphProblem>& problems) {
  std::vector<std::string> messages;
  for (const GraphProblem& problem : problems) messages.push_back(problem.error.message());
  return messages;
}

TEST(GraphProblems, are_found_and_named) {
  struct Case { const char* name; const char* graph; GraphProblemKind kind; const char* message; };
  const Case cases[] = {
      {"duplicate id", "a>b b=b", GraphProblemKind::duplicate_id, "revision \"b\" is defined twice"},
      {"self-loop", "a>a", GraphProblemKind::self_loop, "revision \"a\" names itself in down_revision"},
      {"dependency on itself", "a(a)", GraphProblemKind::dependency_self_loop, "revision \"a\" names itself in depends_on"},
      {"dependency on its own label", "a[x](x)", GraphProblemKind::dependency_self_loop, "revision \"a\" names itself in depends_on"},
      {"missing dependency", "a(b1)", GraphProblemKind::missing_revision,
       "revision \"a\" names \"b1\" in depends_on, and there is no such revision"},
      {"label twice", "a[x] b[x]", GraphProblemKind::duplicate_label,
       "label \"x\" of revision \"b\" is already a label of revision \"a\""},
      {"label repeated", "a[x,x]", GraphProblemKind::duplicate_label,
       "label \"x\" of revision \"a\" is already a label of revision \"a\""},
      {"label like an id", "a b[a]", GraphProblemKind::duplicate_label,
       "label \"a\" of revision \"b\" is already the id of revision \"a\""},
      {"label with a sign", "a[x+y]", GraphProblemKind::bad_label,
       "label \"x+y\" of revision \"a\" contains \"+\", which has a meaning in targets"},
      {"id with a sign", "a-1", GraphProblemKind::bad_id, "revision id \"a-1\" contains \"-\", which has a meaning in targets"},
      {"reserved id", "head", GraphProblemKind::bad_id, "revision id \"head\" is a word with a meaning in targets"},
      {"id too long", "a23456789012345678901234567890123", GraphProblemKind::bad_id,
       "revision id \"a23456789012345678901234567890123\" has 33 characters; the version table holds 32"},
      {"loop", "a>b>c>a", GraphProblemKind::cycle, "revisions rest on each other in a loop: a -> b -> c -> a"},
      {"loop off a chain", "x>b c>a>b>c>d", GraphProblemKind::cycle, "revisions rest on each other in a loop: a -> b -> c -> a"},
      {"loop through a dependency", "a(c)>b>c", GraphProblemKind::dependency_cycle,
       "revisions rest on each other in a loop: a -> b -> c -> a"},
  };
  for (const Case& c : cases) {
    const auto problems = find_graph_problems(test::revisions_of(c.graph));
    ASSERT_EQ(problems.size(), 1u) << c.name << ": " << join(messages_of(problems), "; ");
    EXPECT_EQ(problems[0].kind, c.kind) << c.name;
    EXPECT_EQ(problems[0].error.message(), c.message) << c.name;
    EXPECT_EQ(problems[0].error.category(), Category::graph) << c.name;
    EXPECT_FALSE(problems[0].error.hint().empty()) << c.name;
  }
}

TEST(GraphProblems, of_a_sound_graph_are_none) {
  EXPECT_TRUE(find_graph_problems({}).empty());
  EXPECT_TRUE(find_graph_problems(test::revisions_of("a>b a>c b,c>d[x] e(x,b)")).empty());
}

TEST(GraphProblems, name_both_files_of_a_duplicate_id) {
  const auto problems = find_graph_problems(test::revisions_of("a>b b=b"));
  EXPECT_EQ(problems.at(0).error.detail(), "In b.1.so and in b.2.so.");
}

TEST(GraphProblems, suggest_the_parent_that_was_meant) {
  std::vector<Revision> revisions = test::revisions_of("4f50b55d2114>2864583ca021");
  revisions[1].down_revisions = {"4f50b55d2141"};
  const auto problems = find_graph_problems(revisions);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].kind, GraphProblemKind::missing_revision);
  EXPECT_EQ(problems[0].error.message(),
            "revision \"2864583ca021\" names \"4f50b55d2141\" in down_revision, and there is no such revision");
  EXPECT_EQ(problems[0].error.detail(), "Declared in 2864583ca021.1.so.");
  EXPECT_NE(problems[0].error.hint().find("Did you mean \"4f50b55d2114\"?"), std::string::npos);
}

TEST(GraphProblems, take_no_label_for_a_parent) {
  std::vector<Revision> revisions = test::revisions_of("a[web]>b");
  revisions[1].down_revisions = {"web"};
  EXPECT_EQ(find_graph_problems(revisions).at(0).kind, GraphProblemKind::missing_revision);
}

TEST(GraphProblems, refuse_bytes_the_server_would_refuse) {
  for (const std::string& id : {std::string(), std::string("a\nb"), std::string("a\0b", 3), std::string("a\xff")}) {
    Revision revision;
    revision.id = id;
    const auto problems = find_graph_problems(std::vector<Revision>{revision});
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].kind, GraphProblemKind::bad_id);
  }
}

TEST(GraphProblems, come_all_in_one_error_in_an_order_that_loading_does_not_change) {
  std::vector<Revision> revisions = test::revisions_of("a>b b=b c(nope) d>e>d f[x] g[x]");
  std::vector<std::string> first;
  for (int i = 0; i < 2; ++i, std::reverse(revisions.begin(), revisions.end())) {
    try {
      RevisionGraph graph(revisions);
      FAIL() << "a broken graph was accepted";
    } catch (const Error& error) {
      std::vector<std::string> messages{error.message()};
      for (const Error& other : error.also()) messages.push_back(other.message());
      EXPECT_EQ(messages.size(), 4u) << join(messages, "; ");
      if (i == 0) first = messages;
      EXPECT_EQ(messages, first);
    }
  }
}

TEST(GraphProblems, report_separate_loops_separately) {
  const auto problems = find_graph_problems(test::revisions_of("a>b>a c>d>c"));
  EXPECT_EQ(join(messages_of(problems), "; "), "revisions rest on each other in a loop: a -> b -> a; "
                                               "revisions rest on each other in a loop: c -> d -> c");
}

TEST(GraphProblems, find_a_loop_of_100000_without_recursion) {
  std::vector<Revision> revisions(100'000);
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    revisions[i].id = "r" + std::to_string(i);
    revisions[i].down_revisions = {"r" + std::to_string((i + 1) % revisions.size())};
  }
  const auto problems = find_graph_problems(revisions);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].kind, GraphProblemKind::cycle);
  EXPECT_LT(problems[0].error.message().size(), 500u) << "a message must stay readable";
  EXPECT_NE(problems[0].error.message().find("-> (99980 more) -> r0"), std::string::npos);
}

}  // namespace
}  // namespace cairn
