#include "report/columns.hpp"
#include "report/error_report.hpp"
#include "report/run_report.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

struct Width {
  const char* text;
  std::size_t columns;
};

TEST(Columns, count_what_a_terminal_shows) {
  const Width rows[] = {{"", 0}, {"abc", 3}, {"ñandú", 5}, {"日本語", 6}, {"e\u0301", 1}, {"größe", 5}, {"a\xff", 2}};
  for (const Width& row : rows) EXPECT_EQ(columns_of(row.text), row.columns) << row.text;
}

struct Cut {
  const char* text;
  std::size_t most;
  const char* shown;
};

TEST(Columns, cut_a_line_to_what_fits) {
  const Cut rows[] = {{"abcdef", 6, "abcdef"}, {"abcdef", 5, "abcd…"}, {"日本語", 5, "日本…"}, {"日本語", 4, "日…"},
                      {"a\nb\tc", 9, "a b c"}, {"\x1b[31mred", 9, "?[31mred"}, {"", 0, ""}, {"ab", 1, "…"}};
  for (const Cut& row : rows) EXPECT_EQ(cut_to_columns(row.text, row.most), row.shown) << row.text;
}

TEST(Columns, keep_no_byte_that_is_not_a_character) {
  EXPECT_EQ(split_characters("a\xc3\x28\xe2\x82"), (std::vector<std::string>{"a", "?", "(", "?", "?"}));
}

struct Excerpt {
  const char* name;
  std::string line;
  std::size_t caret;
  std::string shown;
};

std::string shown(const Excerpt& row) {
  Error error(Category::revision, "no");
  error.at({.file = "up.sql", .line = 3, .column = row.caret, .excerpt = row.line, .caret = row.caret});
  const std::string text = render_error(error, {});
  const std::size_t bar = text.find("      |");
  return bar == text.npos ? "" : text.substr(bar);
}

TEST(ErrorReport, points_below_the_column) {
  const std::string tens = "0123456789";
  std::string wide;
  for (int i = 0; i < 30; ++i) wide += tens;
  const Excerpt rows[] = {
      {"plain", "SELECT x", 8, "      |  SELECT x\n      |         ^\n"},
      {"no column", "SELECT x", 0, "      |  SELECT x\n"},
      {"behind tabs", "\tSELECT\tx", 9, "      |   SELECT x\n      |          ^\n"},
      {"behind accents", "SELECT 'ñandú', x", 17, "      |  SELECT 'ñandú', x\n      |                  ^\n"},
      {"behind wide characters", "'日本' x", 6, "      |  '日本' x\n      |         ^\n"},
      {"at the end", "SELECT", 7, "      |  SELECT\n      |        ^\n"},
      {"beyond the end", "SELECT", 99, "      |  SELECT\n      |        ^\n"},
      {"long, at its begin", wide, 2, "      |  " + wide.substr(0, 160) + " …\n      |   ^\n"},
      {"long, in the middle", wide, 151, "      |  … " + wide.substr(71, 160) + " …\n      |  " + std::string(81, ' ') + "^\n"},
      {"long, at its end", wide, 300, "      |  … " + wide.substr(140) + "\n      |  " + std::string(161, ' ') + "^\n"},
      {"no line", "", 1, ""},
  };
  for (const Excerpt& row : rows) EXPECT_EQ(shown(row), row.shown) << row.name;
}

TEST(ErrorReport, tells_everything_in_one_order) {
  Error error(Category::revision, "revision a failed: no");
  error.sqlstate("42P07").detail("one\ntwo\n").context("PL/pgSQL").database("unchanged").hint("Do this.");
  error.at({.file = "up.sql", .line = 3, .column = 0, .excerpt = "", .caret = 0});
  error.also(Error(Category::revision, "and this"));
  EXPECT_EQ(render_error(error, {}),
            "error: revision a failed: no\n"
            "  sqlstate: 42P07\n"
            "  detail: one\n"
            "    two\n"
            "  context: PL/pgSQL\n"
            "  at: up.sql, line 3\n"
            "  database: unchanged\n"
            "  hint: Do this.\n"
            "error: and this\n");
}

TEST(ErrorReport, is_a_document_for_programs) {
  Error error(Category::lock, "held \xff");
  error.also(Error(Category::lock, "too"));
  EXPECT_EQ(render_error_document("upgrade", error),
            "{\n  \"cairn\": 1,\n  \"command\": \"upgrade\",\n  \"exit\": 7,\n  \"error\": {\n    \"category\": \"lock\",\n"
            "    \"message\": \"held \xef\xbf\xbd\",\n    \"also\": [\n      {\n        \"category\": \"lock\",\n"
            "        \"message\": \"too\"\n      }\n    ]\n  }\n}\n");
}

class RunReportTest : public testing::Test {
 protected:
  RunReportTest() {
    for (const char* id : {"a1", "b1", "c1"}) {
      revisions_.emplace_back();
      revisions_.back().id = id;
      revisions_.back().message = std::string("make ") + id;
    }
    revisions_[1].message = "größer 日本";
    report_.command = "upgrade";
    report_.database = "shop";
    report_.heads = {"c1"};
    report_.rows_after = {"a1"};
    const StepState states[] = {StepState::done, StepState::failed, StepState::untouched};
    for (std::size_t i = 0; i < 3; ++i)
      report_.steps.push_back({&revisions_[i], Direction::up, states[i], std::chrono::milliseconds(1200 * (i == 0))});
  }

  std::vector<Revision> revisions_;
  RunReport report_;
};

TEST_F(RunReportTest, tells_what_was_done_what_failed_and_what_was_not_run) {
  EXPECT_EQ(render(report_, {}),
            "  up   a1            make a1         1200 ms\n"
            "  up   b1            größer 日本  failed\n"
            "  up   c1            make c1      not run\n"
            "shop is at a1\n");
}

TEST_F(RunReportTest, tells_what_would_be_done) {
  report_.dry = true;
  report_.rows_before = {"0", "00"};
  report_.rows_after = {"c1"};
  revisions_[2].message.clear();
  EXPECT_EQ(render(report_, {}),
            "  up   a1            make a1\n"
            "  up   b1            größer 日本\n"
            "  up   c1\n"
            "shop would go from 0, 00 to c1 (head)\n");
}

TEST_F(RunReportTest, says_when_there_is_nothing_to_do) {
  report_.steps.clear();
  report_.rows_before = report_.rows_after;
  EXPECT_EQ(render(report_, {}), "nothing to do: shop is at a1\n");
  report_.rows_before = report_.rows_after = {};
  EXPECT_EQ(render(report_, {}), "nothing to do: shop is at base\n");
}

TEST_F(RunReportTest, is_silent_when_told_so_but_for_a_plan) {
  EXPECT_EQ(render(report_, {.quiet = true}), "");
  report_.dry = true;
  EXPECT_NE(render(report_, {.quiet = true}), "");
  EXPECT_NE(render(report_, {.kind = Kind::json, .quiet = true}), "");
}

TEST_F(RunReportTest, colours_only_where_colours_are_wanted) {
  EXPECT_EQ(render(report_, {}).find('\x1b'), std::string::npos);
  EXPECT_NE(render(report_, {.colour = true}).find("\x1b[31mfailed\x1b[0m"), std::string::npos);
}

}  // namespace
}  // namespace cairn
