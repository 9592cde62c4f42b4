#include "offline/psql_text.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

struct Row {
  const char* name;
  const char* sql;
  const char* text;
};

TEST(PsqlText, keeps_colons_from_being_variables_of_psql) {
  const Row rows[] = {
      {"a slice", "SELECT a[1:USER]", "SELECT a[1\\:USER]"},
      {"a slice from the start", "SELECT a[:n], a[:]", "SELECT a[\\:n], a[:]"},
      {"numbers", "SELECT a[1:2]", "SELECT a[1\\:2]"},
      {"a cast", "SELECT a::text, b :: int", "SELECT a::text, b :: int"},
      {"a cast of a slice", "SELECT a[1:x::int]", "SELECT a[1\\:x::int]"},
      {"a named argument", "SELECT f(a := 1, b=>2)", "SELECT f(a := 1, b=>2)"},
      {"quoted ones", "SELECT a[1:'2'], a[1:\"n\"]", "SELECT a[1\\:'2'], a[1\\:\"n\"]"},
      {"in a string", "SELECT ':USER', $$ :USER $$, E'\\':USER'", "SELECT ':USER', $$ :USER $$, E'\\':USER'"},
      {"in a comment", "SELECT 1 -- :USER\n/* :USER */", "SELECT 1 -- :USER\n/* :USER */"},
      {"in a quoted name", "SELECT \":USER\"", "SELECT \":USER\""},
      {"other characters", "SELECT a[1:ñ]", "SELECT a[1\\:ñ]"},
  };
  for (const Row& row : rows) EXPECT_EQ(escape_for_psql(row.sql), row.text) << row.name;
}

TEST(PsqlText, closes_the_last_statement_and_puts_data_where_they_stood) {
  const Row rows[] = {
      {"closed", "SELECT 1;\n", "SELECT 1;\n"},
      {"without a line break", "SELECT 1;", "SELECT 1;\n"},
      {"open", "SELECT 1", "SELECT 1;\n"},
      {"open, line break", "SELECT 1 \n\n", "SELECT 1;\n"},
      {"open, then a comment", "SELECT 1 -- one", "SELECT 1 -- one\n;\n"},
      {"closed, then a comment", "SELECT 1; -- one;", "SELECT 1; -- one;\n"},
      {"only a comment", "-- nothing\n", "-- nothing\n"},
      {"data", "-- a\nCOPY t FROM stdin; -- b\n1\t:USER\n2\\\\\n\\.\n-- c\nSELECT 1;\n",
       "-- a\nCOPY t FROM stdin; -- b\n1\t:USER\n2\\\\\n\\.\n-- c\nSELECT 1;\n"},
      {"no data", "COPY t FROM stdin;\n\\.\n", "COPY t FROM stdin;\n\\.\n"},
      {"data at the end", "COPY t FROM stdin;\n1\n\\.", "COPY t FROM stdin;\n1\n\\.\n"},
      {"two in a line", "COPY t FROM stdin; COPY u FROM stdin;\n1\n\\.\n\n2\n\\.\nSELECT 1", "COPY t FROM stdin; COPY u FROM stdin;\n1\n\\.\n\n2\n\\.\nSELECT 1;\n"},
      {"carriage returns", "COPY t FROM stdin;\r\n1\r\n\\.\r\nSELECT 1;\r\n", "COPY t FROM stdin;\r\n1\r\n\\.\nSELECT 1;\r\n"},
  };
  for (const Row& row : rows) EXPECT_EQ(write_out(parse_body("up.sql", row.sql), SqlReader::psql), row.text) << row.name;
}

/// What psql would find in the text is what was found in the author's.
TEST(PsqlText, is_cut_into_the_same_statements_again) {
  const char* const texts[] = {
      "SELECT 1; SELECT ';' -- ;\n; COPY t FROM stdin;\n1;\n\\.\nDO $$ BEGIN; END $$",
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END; SELECT (1;2)",
      "COPY t FROM stdin;\n\\.\n\n\nCOPY t (a) FROM STDIN WITH CSV;\n\"a;\n\"\n\\.\n/* ; */ SELECT 2",
      "SELECT a[1:b], $x$ ; $y$ ; $x$, U&'d\\0061t', E'\\';'\n\n;;; SELECT 3;",
  };
  for (const char* text : texts) {
    const Body body = parse_body("a", text);
    const Body again = parse_body("a", write_out(body, SqlReader::person));
    const auto statements_of = [](const Body& of) {
      std::vector<std::string> statements;
      for (const Statement& one : of.statements) statements.push_back(of.text.substr(one.begin, one.end - one.begin));
      return statements;
    };
    EXPECT_EQ(statements_of(again), statements_of(body)) << text;
    EXPECT_EQ(again.copies, body.copies) << text;
  }
}

TEST(PsqlText, is_the_same_whatever_was_left_out_for_the_server) {
  EXPECT_EQ(write_out(parse_body("up.sql", "\\restrict x\nSELECT 1;\n\\unrestrict x\n"), SqlReader::psql), "\nSELECT 1;\n\n");
}

TEST(PsqlText, of_a_person_has_no_backslashes) {
  EXPECT_EQ(write_out(parse_body("a.cpp", "SELECT a[1:n]"), SqlReader::person), "SELECT a[1:n];\n");
}

TEST(PsqlText, writes_single_statements_with_their_data) {
  const Body body = parse_body("up.sql", "SELECT a[1:n]; COPY t FROM stdin;\n1\n\\.\nSELECT 2");
  std::size_t copy = 0;
  std::string text;
  for (const Statement& statement : body.statements) text += write_out(body, statement, copy) + "|";
  EXPECT_EQ(text, "SELECT a[1\\:n];\n|COPY t FROM stdin;\n1\n\\.\n|SELECT 2;\n|");
}

TEST(PsqlText, lets_nothing_out_of_a_comment_or_an_argument) {
  EXPECT_EQ(comment_line("a\n\\! rm -rf\r/"), "-- a \\! rm -rf?/\n");
  EXPECT_EQ(quote_for_echo("it's `x` :USER \\n\n\\q"), "'it''s `x` :USER \\\\n \\\\q'");
}

}  // namespace
}  // namespace cairn::test
