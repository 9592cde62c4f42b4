#include "graph/revision_graph.hpp"

#include "base/text.hpp"
#include "support/graph_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cairn {
namespace {

using test::graph_of;
using test::ids_text;

std::vector<Node> all_nodes(const RevisionGraph& graph) {
  std::vector<Node> nodes;
  for (Node node = 0; node < graph.revisions().size(); ++node) nodes.push_back(node);
  return nodes;
}

std::set<Node> nodes_of(const RevisionGraph& graph, std::string_view ids) {
  std::set<Node> nodes;
  for (const std::string& id : test::words(ids)) nodes.insert(graph.find(id).value());
  return nodes;
}

std::string text_of(const RevisionGraph& graph, const std::set<Node>& nodes) {
  return ids_text(graph, {nodes.begin(), nodes.end()});
}

TEST(RevisionGraph, knows_its_heads_bases_and_branch_points) {
  struct Case { const char* name; const char* graph; const char* heads; const char* effective; const char* bases; const char* forks; };
  const Case cases[] = {
      {"nothing", "", "", "", "", ""},
      {"one", "a", "a", "a", "a", ""},
      {"chain", "a>b>c", "c", "c", "a", ""},
      {"fork", "a>b a>c", "b c", "b c", "a", "a"},
      {"merge", "a>b a>c b,c>d", "d", "d", "a", "a"},
      {"two bases", "a>b c>d", "b d", "b d", "a c", ""},
      {"a head that another needs", "a1>a2 b1>b2(a2)", "a2 b2", "b2", "a1 b1", ""},
      {"needed by its label", "a1>a2[web] b1>b2(web)", "a2 b2", "b2", "a1 b1", ""},
      {"a dependency makes no branch point", "a>b c(a)", "b c", "b c", "a c", ""},
  };
  for (const Case& c : cases) {
    const RevisionGraph graph = graph_of(c.graph);
    EXPECT_EQ(ids_text(graph, graph.heads()), c.heads) << c.name;
    EXPECT_EQ(ids_text(graph, graph.effective_heads()), c.effective) << c.name;
    EXPECT_EQ(ids_text(graph, graph.bases()), c.bases) << c.name;
    EXPECT_EQ(ids_text(graph, graph.branch_points()), c.forks) << c.name;
  }
}

TEST(RevisionGraph, orders_by_what_rests_on_what_and_then_by_id) {
  struct Case { const char* name; const char* graph; const char* order; };
  const Case cases[] = {
      {"ids do not matter to a chain", "z>y>x", "z y x"},
      {"of two that are free the smaller id", "b>c a>d", "a b c d"},
      {"a dependency comes first", "a(z) z", "z a"},
      {"merge waits for both", "z>a z>b b,a>c", "z a b c"},
  };
  for (const Case& c : cases) {
    const RevisionGraph graph = graph_of(c.graph);
    EXPECT_EQ(ids_text(graph, all_nodes(graph)), c.order) << c.name;
  }
}

TEST(RevisionGraph, gives_the_same_order_however_it_was_loaded) {
  std::vector<Revision> revisions = test::revisions_of("a>b>e a>c>d d,e>f g(b)>h");
  const auto by_id = [](const Revision& x, const Revision& y) { return x.id < y.id; };
  std::sort(revisions.begin(), revisions.end(), by_id);
  const RevisionGraph first(revisions);
  int orders = 0;
  while (std::next_permutation(revisions.begin(), revisions.end(), by_id) && ++orders < 2000) {
    const RevisionGraph graph(revisions);
    ASSERT_EQ(ids_text(graph, all_nodes(graph)), ids_text(first, all_nodes(first)));
  }
  EXPECT_EQ(orders, 2000);
}

TEST(RevisionGraph, finds_ancestors_descendants_and_lineage) {
  const RevisionGraph graph = graph_of("a>b>c a>d e(b)>f");
  const Node b = graph.find("b").value();
  EXPECT_EQ(text_of(graph, graph.ancestors_of(std::vector<Node>{graph.find("f").value()})), "a b e f");
  EXPECT_EQ(text_of(graph, graph.descendants_of(std::vector<Node>{b})), "b c e f");
  EXPECT_EQ(text_of(graph, graph.lineage_of(b)), "a b c") << "depends_on is not lineage";
}

TEST(RevisionGraph, finds_the_maximal_elements_also_across_gaps) {
  const RevisionGraph graph = graph_of("a>b>c>d a>e x(c)");
  struct Case { const char* nodes; const char* maximal; };
  const Case cases[] = {{"", ""}, {"a", "a"}, {"a d", "d"}, {"a c e", "c e"}, {"b x", "x"}, {"a b c d e x", "d e x"}};
  for (const Case& c : cases) EXPECT_EQ(ids_text(graph, graph.maximal(nodes_of(graph, c.nodes))), c.maximal) << c.nodes;
}

TEST(RevisionGraph, shows_labels_upwards_and_down_to_the_branch_point) {
  const RevisionGraph graph = graph_of("a>b>c[left]>d a>e[right] d,e>f");
  struct Case { const char* id; const char* labels; };
  const Case cases[] = {{"a", ""}, {"b", "left"}, {"c", "left"}, {"d", "left"}, {"e", "right"}, {"f", "left right"}};
  for (const Case& c : cases) EXPECT_EQ(join(graph.labels_of(graph.find(c.id).value()), " "), c.labels) << c.id;
}

TEST(RevisionGraph, takes_parents_that_are_named_twice_once) {
  const RevisionGraph graph = graph_of("a a,a>b(a)");
  EXPECT_EQ(graph.parents(1).size(), 1u);
  EXPECT_EQ(graph.all_parents(1).size(), 1u);
  EXPECT_EQ(graph.children(0).size(), 1u);
}

}  // namespace
}  // namespace cairn
