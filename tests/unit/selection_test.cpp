#include "graph/selection.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "support/graph_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cairn {
namespace {

using test::ids_text;
using test::revisions_of;
using test::words;

/// Those of the text, and which of them are seeds; their files are called as the build calls them.
RevisionGraph shop(std::string_view text, std::string_view seeds) {
  std::vector<Revision> revisions = revisions_of(text);
  const std::vector<std::string> ids = words(seeds);
  for (Revision& revision : revisions) {
    revision.seed = std::find(ids.begin(), ids.end(), revision.id) != ids.end();
    revision.origin = "plugins/" + revision.id + (revision.seed ? "_seed_of_" : "_table_") + revision.id + ".so";
  }
  return RevisionGraph(std::move(revisions));
}

/// A schema of three, the first data on top of it, and two further seeds beside each other.
RevisionGraph usual() { return shop("a>b>c>1111 2222[tax](1111)>3333 4444[demo](1111)", "1111 2222 3333 4444"); }

struct Row {
  std::optional<std::string_view> seeds;
  std::optional<std::string_view> target;
  std::string_view chosen;
};

SelectionRequest request_of(const Row& row) {
  SelectionRequest request;
  if (row.seeds) request.seeds = split(*row.seeds, ',');
  if (row.target) request.target = std::string(*row.target);
  return request;
}

TEST(Selection, holds_what_was_asked_for_and_nothing_else) {
  const Row table[] = {
      {{}, {}, "a b c 1111 2222 3333 4444"},
      {"", {}, "a b c"},
      {"1111", {}, "a b c 1111"},
      {"1111,1111", {}, "a b c 1111"},
      {"of_1111", {}, "a b c 1111"},
      {"seed_of_1111", {}, "a b c 1111"},
      {"1111_seed_of_1111", {}, "a b c 1111"},
      {"1111,2222", {}, "a b c 1111 2222"},
      {"1111,tax", {}, "a b c 1111 2222 3333"},
      {"1111,demo", {}, "a b c 1111 4444"},
      {{}, "b", "a b"},
      {{}, "demo", "a b c 1111 4444"},
      {{}, "tax@head", "a b c 1111 2222 3333"},
      {{}, "heads", "a b c 1111 2222 3333 4444"},
      {{}, "base", ""},
      {"", "1111", "a b c"},
      {"1111", "c", "a b c 1111"},
  };
  const RevisionGraph graph = usual();
  for (const Row& row : table) {
    SCOPED_TRACE(std::string(row.seeds.value_or("all")) + " / " + std::string(row.target.value_or("everything")));
    EXPECT_EQ(ids_text(graph, select_revisions(graph, request_of(row))), row.chosen);
  }
}

std::string refusal(const RevisionGraph& graph, const Row& row) {
  try {
    select_revisions(graph, request_of(row));
    return "nothing";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::graph);
    std::string text = error.message() + " | " + error.hint();
    for (const Error& other : error.also()) text += " || " + other.message() + " | " + other.hint();
    return text;
  }
}

TEST(Selection, names_both_revisions_when_one_needs_what_is_left_out) {
  const RevisionGraph graph = usual();
  EXPECT_EQ(refusal(graph, {"demo", {}, ""}),
            "revision 4444 (demo) \"make 4444\" needs 1111 \"make 1111\", which is left out | Choose it too: --seeds demo,of_1111.");
  EXPECT_EQ(refusal(graph, {"3333,4444", {}, ""}),
            "revision 3333 \"make 3333\" needs 2222 (tax) \"make 2222\", which is left out | Choose it too: --seeds 3333,4444,tax. || "
            "revision 4444 (demo) \"make 4444\" needs 1111 \"make 1111\", which is left out | Choose it too: --seeds 3333,4444,of_1111.");
  EXPECT_EQ(refusal(graph, {"1111", "b", ""}),
            "revision 1111 \"make 1111\" needs c \"make c\", which is left out | Leave --target out or choose a later one, or choose fewer seeds.");
}

TEST(Selection, refuses_to_leave_out_a_seed_that_the_schema_needs) {
  const RevisionGraph graph = shop("a>1111>b", "1111");
  EXPECT_EQ(refusal(graph, {"", {}, ""}),
            "revision b \"make b\" needs 1111 \"make 1111\", which is left out | Choose it too: --seeds of_1111.");
}

TEST(Selection, names_every_unknown_seed_and_lists_those_that_there_are) {
  const RevisionGraph graph = usual();
  EXPECT_EQ(refusal(graph, {"taxes,b,nothing", {}, ""}),
            "there is no seed \"taxes\" | Did you mean \"tax\"? || there is no seed \"b\" | Revisions of the schema are chosen with "
            "--target. || there is no seed \"nothing\" | Revisions of the schema are chosen with --target.");
  EXPECT_EQ(join(seed_names(graph), " "), "demo of_1111 of_3333 tax");
}

TEST(Selection, refuses_a_target_that_counts_from_a_database) {
  EXPECT_NE(refusal(usual(), {{}, "+1", ""}), "nothing");
  EXPECT_NE(refusal(usual(), {{}, "zzzz", ""}), "nothing");
}

}  // namespace
}  // namespace cairn
