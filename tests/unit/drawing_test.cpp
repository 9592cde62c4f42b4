#include "report/columns.hpp"
#include "report/diagram.hpp"
#include "report/history_drawing.hpp"
#include "support/graph_text.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace cairn {
namespace {

/// Newest first; all but the oldest `left_out`.
std::string drawn(const char* graph_text, const Format& format = {}, std::size_t left_out = 0) {
  const RevisionGraph graph = test::graph_of(graph_text);
  std::vector<Node> nodes;
  for (Node node = graph.revisions().size(); node > left_out;) nodes.push_back(--node);
  std::vector<DrawnItem> items = make_drawn_items(graph, nodes);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    items[i].name = graph.revision(nodes[i]).id;
    items[i].lines = {items[i].name};
  }
  return "\n" + draw_history(items, format);
}

struct Case {
  const char* name;
  const char* graph;
  const char* drawing;
};

const Case in_ascii[] = {
    {"nothing", "", "\n"},
    {"a chain", "a>b>c", R"(
*  c
*  b
*  a
)"},
    {"a fork", "a>b a>c", R"(
*  c
| *  b
+-+
*  a
)"},
    {"a merge of bases", "a b a,b>c", R"(
*    c
+-+
| *  b
*  a
)"},
    {"a merge of three", "a>b a>c a>d b,c,d>e", R"(
*      e
+-+-+
| | *  d
| * |  c
* | |  b
+-+-+
*  a
)"},
    {"a dependency is dotted", "a>b a>c c>d(b)", R"(
*    d
+.+
* :  c
| *  b
+-+
*  a
)"},
    {"a dependency alone", "a b(a)", R"(
*  b
:
*  a
)"},
    {"two dependencies alone", "a b c(a,b)", R"(
*    c
+.+
: :
: *  b
*  a
)"},
    {"a lane that leads there is joined", "a b>c(a)>d(a) a>e", R"(
*  e
| *    d
| +.+
| * :  c
| +.+
| * :  b
+...+
*  a
)"},
    {"lanes are drawn over what crosses them", "a>b>c a>d>e b,e>f c>g(d)", R"(
*    g
+.+
| : *    f
| : +-+
| : | *  e
| +.|.+
|   | *  d
*   | |  c
+---+ |
*     |  b
+-----+
*  a
)"},
    {"histories that have nothing in common", "a>b c>d", R"(
*  d
*  c

*  b
*  a
)"},
};

TEST(HistoryDrawing, has_lanes_that_part_and_meet) {
  for (const Case& row : in_ascii) EXPECT_EQ(drawn(row.graph), row.drawing) << row.name;
}

TEST(HistoryDrawing, has_the_same_lanes_in_unicode) {
  EXPECT_EQ(drawn("a>b>c a>d>e b,e>f c>g(d)", {.strokes = Strokes::unicode}), R"(
●    g
├┄╮
│ ┊ ●    f
│ ┊ ├─╮
│ ┊ │ ●  e
│ ╰┄│┄┤
│   │ ●  d
●   │ │  c
├───╯ │
●     │  b
├─────╯
●  a
)");
  EXPECT_EQ(drawn("a>b a>c a>d b,c,d>e", {.strokes = Strokes::unicode}), R"(
●      e
├─┬─╮
│ │ ●  d
│ ● │  c
● │ │  b
├─┴─╯
●  a
)");
}

TEST(HistoryDrawing, shows_where_the_history_goes_on_below_a_range) {
  EXPECT_EQ(drawn("a>b>c a>d", {}, 1), R"(
*  d
~

*  c
*  b
~
)");
}

TEST(HistoryDrawing, puts_further_lines_beside_the_lanes) {
  std::vector<DrawnItem> items(3);
  items[0] = {.parents = {2}, .dependencies = {1}, .name = "c", .lines = {"c", "  second", "  third"}};
  items[1] = {.parents = {}, .dependencies = {}, .name = "b", .lines = {"b", "  second"}};
  items[2] = {.parents = {}, .dependencies = {}, .name = "a", .lines = {"a", "  second"}};
  EXPECT_EQ("\n" + draw_history(items, {}), R"(
*    c
+.+    second
| :    third
| *  b
|      second
*  a
     second
)");
}

TEST(HistoryDrawing, paints_the_name_and_nothing_else) {
  const std::vector<DrawnItem> items{{.parents = {}, .dependencies = {}, .name = "a1", .lines = {"a1 (shop), a1"}}};
  EXPECT_EQ(draw_history(items, {.colour = true}), "*  \x1b[33ma1\x1b[0m (shop), a1\n");
}

/// 40 heads on one revision: wider than half of any terminal.
TEST(HistoryDrawing, keeps_to_the_width_of_the_terminal) {
  std::string wide;
  for (int i = 0; i < 40; ++i) wide += "root>head_with_a_long_name_" + std::to_string(i) + " ";
  for (const std::size_t columns : {std::size_t{20}, std::size_t{60}}) {
    std::istringstream lines(drawn(wide.c_str(), {.strokes = Strokes::unicode, .columns = columns}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(columns_of(line), columns) << line;
  }
  EXPECT_NE(drawn(wide.c_str(), {.columns = 60}).find("…  head_with_a_long_name"), std::string::npos);
}

std::vector<DrawnItem> two_items(const std::string& name, const std::string& message) {
  return {{.parents = {1}, .dependencies = {}, .name = "b", .lines = {"b"}},
          {.parents = {}, .dependencies = {}, .name = name, .lines = {name, message}}};
}

struct Quoted { const char* name; const char* message; const char* dot; const char* mermaid; };

TEST(Diagram, quotes_whatever_a_name_or_message_holds) {
  const Quoted rows[] = {
      {"a", "plain", R"("a" [label="a\nplain"];)", R"(n1["a<br/>plain"])"},
      {"a", R"(say "hi")", R"("a" [label="a\nsay \"hi\""];)", R"(n1["a<br/>say #34;hi#34;"])"},
      {"a", R"(\N \)", R"("a" [label="a\n\\N \\"];)", R"(n1["a<br/>#92;N #92;"])"},
      {"a", "&lt; <b>", R"("a" [label="a\n&amp;lt; <b>"];)", R"(n1["a<br/>#38;lt#59; #60;b#62;"])"},
      {"a", "two\nlines\x1b[0m", R"("a" [label="a\ntwo lines?[0m"];)", R"(n1["a<br/>two lines#63;#91;0m"])"},
      {"a", "%%{init: {}}%%", R"("a" [label="a\n%%{init: {}}%%"];)", R"(n1["a<br/>#37;#37;#123;init#58; #123;#125;#125;#37;#37;"])"},
      {"a;}", "größe", R"("a;}" [label="a;}\ngröße"];)", R"(n1["a#59;#125;<br/>größe"])"},
  };
  for (const Quoted& row : rows) {
    const std::vector<DrawnItem> items = two_items(row.name, row.message);
    EXPECT_NE(make_dot(items).find(row.dot), std::string::npos) << make_dot(items);
    EXPECT_NE(make_mermaid(items).find(row.mermaid), std::string::npos) << make_mermaid(items);
    EXPECT_NE(make_dot(items).find("  \"b\" -> \"" + items[1].name + "\";\n"), std::string::npos) << make_dot(items);
  }
}

}  // namespace
}  // namespace cairn
