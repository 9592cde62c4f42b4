#include "report/smoke_escape.hpp"

#include "smoke_report/markup.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

struct Row {
  const char* name;
  std::string text;
  const char* shown;
};

TEST(CleanText, shows_what_would_not_be_seen) {
  const Row rows[] = {
      {"plain", "SELECT 'ñ', '日本'", "SELECT 'ñ', '日本'"},
      {"lines and tabs stay", "a\n\tb\r\nc", "a\n\tb\nc"},
      {"control characters", "\x1b[31m\x7f", "\uFFFD[31m\uFFFD"},
      {"a control character of two bytes", "a\xc2\x9b" "b", "a\uFFFDb"},
      {"what XML forbids", "a\xef\xbf\xbe", "a\uFFFD"},
      {"no UTF-8", "a\xff\xc3", "a\uFFFD\uFFFD"},
      {"a surrogate", "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
      {"NUL", std::string("a\0b", 3), "a\uFFFDb"},
      {"the direction of writing", "a\xe2\x80\xae" "b\xe2\x81\xa6", "a<U+202E>b<U+2066>"},
      {"no width", "a\xe2\x80\x8b" "b", "a<U+200B>b"},
  };
  for (const Row& row : rows) EXPECT_EQ(clean_text(row.text), row.shown) << row.name;
}

TEST(CleanText, is_cut_between_characters) {
  EXPECT_EQ(cut_text("ñandú", 5), "ñandú");
  EXPECT_EQ(cut_text("ñandú", 2), "ña…");
}

TEST(MarkupText, is_nothing_but_text) {
  const Row rows[] = {
      {"tags", "<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"},
      {"quotes", "\"'", "&quot;&#39;"},
      {"line breaks", "a\nb", "a\nb"},
      {"the end of a section", "]]>", "]]&gt;"},
      {"direction", "\xe2\x80\xae", "&lt;U+202E&gt;"},
  };
  for (const Row& row : rows) EXPECT_EQ(escape_markup(row.text), row.shown) << row.name;
}

TEST(MarkdownText, is_nothing_but_text) {
  const Row rows[] = {
      {"plain", "adds a column", "adds a column"},
      {"emphasis and code", "a*b _c_ `d", "a\\*b \\_c\\_ \\`d"},
      {"a name", "public.users_pkey (2.5)", "public.users_pkey (2.5)"},
      {"links", "![a](b)", "!\\[a\\](b)"},
      {"a list that begins", "- a - b", "\\- a - b"},
      {"a line below a heading", "===", "\\==="},
      {"HTML", "<img src=x>", "\\<img src=x\\>"},
      {"a heading", "\n# a", " \\# a"},
      {"a cell's end", "a|b", "a\\|b"},
      {"a list", "1. a", "1\\. a"},
      {"a mention", "@octocat", "@<!-- -->octocat"},
      {"a number", "#12", "\\#<!-- -->12"},
      {"an address", "https://a.example", "https:<!-- -->//a.example"},
      {"an address without scheme", "www.a.example", "www<!-- -->.a.example"},
      {"an entity", "&lt;", "\\&lt;"},
  };
  for (const Row& row : rows) EXPECT_EQ(escape_markdown(row.text), row.shown) << row.name;
}

TEST(MarkdownCode, ends_where_it_should) {
  const Row rows[] = {
      {"plain", "public.users", "`public.users`"},
      {"a backquote", "a`b", "``a`b``"},
      {"at the ends", "`a`", "`` `a` ``"},
      {"empty", "", "` `"},
      {"a cell's end", "a|<b>", "<code>a&#124;&#60;b&#62;</code>"},
      {"lines", "a\nb", "`a b`"},
  };
  for (const Row& row : rows) EXPECT_EQ(markdown_code(row.text), row.shown) << row.name;
  EXPECT_EQ(markdown_block("sql", "SELECT 1\n"), "```sql\nSELECT 1\n```\n");
  EXPECT_EQ(markdown_block("sql", "a\n````\nb"), "`````sql\na\n````\nb\n`````\n");
}

/// The reader that other tests rely on refuses what it should.
TEST(MarkupReader, finds_what_is_not_well_formed) {
  const Row rows[] = {
      {"well", "<a b=\"&lt;c\">d<e/></a>", ""},
      {"not closed", "<a><b></a>", "</a> closes nothing"},
      {"open at the end", "<a>", "a is not closed"},
      {"an entity", "<a>&nbsp;</a>", "unknown entity &nbsp;"},
      {"a bare sign", "<a>b & c</a>", "a bare & in a text"},
      {"in an attribute", "<a b=\"<\"></a>", "a bare < in a text"},
      {"not quoted", "<a b=c></a>", "attribute b without a value"},
      {"twice", "<a b=\"\" b=\"\"/>", "attribute b twice"},
      {"control character", "<a>\x01</a>", "a control character"},
      {"no UTF-8", "<a>\xff</a>", "it is no UTF-8"},
  };
  for (const Row& row : rows) EXPECT_EQ(read_markup(row.text, Dialect::xml).fault, row.shown) << row.name;
}

}  // namespace
}  // namespace cairn::test
