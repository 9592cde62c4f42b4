#include "graph/consistency.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "support/graph_text.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

using test::graph_of;
using test::words;

TEST(Rows, that_no_plugin_defines_are_named_with_the_way_out) {
  const RevisionGraph graph = graph_of("a>2864583ca021");
  try {
    require_known_rows(graph, words("a 4f50b55d2114"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::history);
    EXPECT_EQ(error.message(), "the database is at revision \"4f50b55d2114\", which no plugin here defines");
    EXPECT_NE(error.detail().find("ahead of these plugins"), std::string::npos);
    EXPECT_NE(error.hint().find("cairn stamp --purge 2864583ca021"), std::string::npos) << error.hint();
    EXPECT_TRUE(error.also().empty());
  }
}

TEST(Rows, that_are_unknown_are_all_named) {
  try {
    require_known_rows(graph_of("a"), words("z y a"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("\"y\""), std::string::npos);
    ASSERT_EQ(error.also().size(), 1u);
    EXPECT_NE(error.also()[0].message().find("\"z\""), std::string::npos);
  }
}

TEST(Rows, are_whole_ids_and_no_labels) {
  const RevisionGraph graph = graph_of("abcdef[web]");
  EXPECT_THROW(require_known_rows(graph, words("abcd")), Error);
  EXPECT_THROW(require_known_rows(graph, words("web")), Error);
  EXPECT_NO_THROW(require_known_rows(graph, words("abcdef")));
  EXPECT_NO_THROW(require_known_rows(graph, {}));
}

TEST(Rows, that_are_implied_by_others_are_accepted) {
  struct Case { const char* graph; const char* rows; const char* tops; const char* redundant; };
  const Case cases[] = {
      {"a>b>c", "c", "c", ""},
      {"a>b>c", "a c b", "c", "a b"},
      {"a b(a)", "a b", "b", "a"},
      {"a>b a>c", "b c", "b c", ""},
      {"a>b", "b b", "b", ""},
  };
  for (const Case& c : cases) {
    const RevisionGraph graph = graph_of(c.graph);
    EXPECT_EQ(test::ids_text(graph, require_rows(graph, words(c.rows))), c.tops) << c.graph;
    EXPECT_EQ(join(find_redundant_rows(graph, words(c.rows)), " "), c.redundant) << c.graph;
  }
}

}  // namespace
}  // namespace cairn
