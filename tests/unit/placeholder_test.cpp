#include "sql/substitution.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cairn {
namespace {

const Variables given{{"a", "x"}, {"b", "y"}, {"app.role-1", "r"}, {"quote", "it's"}, {"slash", "c:\\"}, {"name", "A\"b"},
                      {"evil", "'; DROP TABLE t; --"}, {"lines", "1\n;2"}, {"empty", ""}, {"null", std::string("a\0b", 3)},
                      {"latin", "caf\xE9"}};

struct RowOfText {
  const char* name;
  std::string written;
  std::string sent;
};

class Placeholders : public testing::TestWithParam<RowOfText> {};

TEST_P(Placeholders, become_their_values) {
  EXPECT_EQ(substitute(parse_body("up.sql", GetParam().written), given).text, GetParam().sent);
}

const RowOfText replaced[] = {
    {"literal", "SELECT :'a'", "SELECT  'x' "},
    {"name", "SELECT 1 AS :\"name\"", "SELECT 1 AS  \"A\"\"b\" "},
    {"several", "SELECT :'a', :'b', :'a'", "SELECT  'x' ,  'y' ,  'x' "},
    {"quote_in_the_value", "SELECT :'quote'", "SELECT  'it''s' "},
    {"backslash_in_the_value", "SELECT :'slash'", "SELECT  E'c:\\\\' "},
    {"end_of_the_statement_in_the_value", "SELECT :'evil'; SELECT 2", "SELECT  '''; DROP TABLE t; --' ; SELECT 2"},
    {"line_break_in_the_value", "SELECT :'lines'", "SELECT  '1\n;2' "},
    {"empty_value", "SELECT :'empty'", "SELECT  '' "},
    {"dots_and_dashes", "GRANT r TO :\"app.role-1\"", "GRANT r TO  \"r\" "},
    {"qualified_name", "SELECT * FROM :\"a\".:\"b\"", "SELECT * FROM  \"x\" . \"y\" "},
    {"behind_an_operator", "SELECT c=:'a'", "SELECT c= 'x' "},
    {"in_an_array", "SELECT ARRAY[:'a',:'b']", "SELECT ARRAY[ 'x' , 'y' ]"},
    {"cast", "SELECT :'a'::text", "SELECT  'x' ::text"},
    {"in_an_index_in_parentheses", "SELECT c[(:'a')]", "SELECT c[( 'x' )]"},
    {"in_a_body_of_sql", "CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT :'a'; END", "CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT  'x' ; END"},
    {"no_escape_string_with_a_name_before", "SELECT U& :'a'", "SELECT U&  'x' "},
    {"no_unicode_string_glued", "SELECT U&:'a'", "SELECT U& 'x' "},
};

INSTANTIATE_TEST_SUITE_P(Replaced, Placeholders, testing::ValuesIn(replaced), [](const auto& row) { return row.param.name; });

class LeftAlone : public testing::TestWithParam<RowOfText> {};

TEST_P(LeftAlone, is_sent_as_written) {
  const Body body = substitute(parse_body("up.sql", GetParam().written), {});
  EXPECT_EQ(body.text, GetParam().sent);
  EXPECT_TRUE(body.placeholders.empty());
}

RowOfText as_is(const char* name, const char* text) { return {name, text, text}; }

const RowOfText kept[] = {
    as_is("cast", "SELECT c::\"a\", '1'::\"char\""),
    as_is("slice_of_an_array", "SELECT c[1:'2'], c[i:\"n\"], c[(1):'2'], c[d[1]:'2']"),
    as_is("key_of_a_json_object", "SELECT json_object('a':'b', k:'c', \"k\":'d')"),
    as_is("blank_behind_the_colon", "SELECT c[: \"n\"], json_object('a' : 'b')"),
    as_is("in_a_string", "SELECT 'a :''a'' :\"b\"'"),
    as_is("in_an_escape_string", "SELECT E'\\' :\\'a\\''"),
    as_is("in_a_quoted_name", "SELECT 1 AS \" :'a'\""),
    as_is("in_comments", "SELECT 1 -- :'a'\n /* :'a' /* :\"b\" */ */"),
    as_is("in_a_dollar_quote", "DO $$ BEGIN PERFORM :'a'; END $$"),
    as_is("in_a_tagged_dollar_quote", "DO $a$ :'a' $$ :\"b\" $$ $a$"),
    as_is("assignment", "SELECT f(a :='x')"),
    as_is("other_constants", "SELECT :E'a', :B'1', :U&'a', :$$a$$"),
    as_is("not_a_name", "SELECT :'2', :'', :'a b', :\"a\"\"b\", :'a''b'"),
    as_is("a_literal_that_goes_on", "SELECT :'a'\n'b'"),
    as_is("bare", "SELECT :a, :a.b"),
};

INSTANTIATE_TEST_SUITE_P(Kept, LeftAlone, testing::ValuesIn(kept), [](const auto& row) { return row.param.name; });

TEST(Placeholder, is_not_looked_for_in_copy_data) {
  const Body body = substitute(parse_body("up.sql", "COPY t (a) FROM stdin;\n:'a'\n\\.\nSELECT :'b';\n"), given);
  EXPECT_EQ(body.copies, std::vector<std::string>{":'a'\n"});
  EXPECT_EQ(body.text.substr(body.statements[1].begin, body.statements[1].end - body.statements[1].begin), "SELECT  'y' ");
}

TEST(Placeholder, leaves_the_statements_as_they_were_cut) {
  const Body body = substitute(parse_body("up.sql", "SELECT :'evil', 1; -- c\nSELECT 2; :'a' SELECT :'evil'; SELECT 3"), given);
  std::vector<std::string> texts;
  for (const Statement& s : body.statements) texts.push_back(body.text.substr(s.begin, s.end - s.begin));
  EXPECT_EQ(texts, (std::vector<std::string>{"SELECT  '''; DROP TABLE t; --' , 1", "SELECT 2", " 'x'  SELECT  '''; DROP TABLE t; --' ",
                                             "SELECT 3"}));
}

/// "line:column" in the author's file of a stretch of what is sent.
std::string place_of(const Body& body, const std::string& sent) {
  const Place place = place_in_body(body, body.text.find(sent));
  return std::to_string(place.line) + ":" + std::to_string(place.column);
}

TEST(Placeholder, keeps_places_those_of_the_authors_file) {
  const Body body = substitute(parse_body("up.sql", "SELECT 1,\n  é, :'lines', nope;\nSELECT :'a', oops, :\"b\""), given);
  EXPECT_EQ(place_of(body, "SELECT 1"), "1:1");
  EXPECT_EQ(place_of(body, "'1\n"), "2:6");
  EXPECT_EQ(place_of(body, "nope"), "2:16");
  EXPECT_EQ(place_of(body, "oops"), "3:14");
  EXPECT_EQ(place_of(body, "\"y\""), "3:20");
  EXPECT_EQ(place_in_body(body, body.text.find("oops")).excerpt, "SELECT :'a', oops, :\"b\"");
}

std::vector<std::string> problems_with(const std::string& sql, const Variables& variables) {
  std::vector<std::string> lines;
  const auto add = [&](const Error& error) {
    lines.push_back(std::to_string(error.place()->line) + ":" + std::to_string(error.place()->column) + " " + error.message());
  };
  try {
    substitute(parse_body("up.sql", sql), variables);
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::configuration);
    add(error);
    for (const Error& other : error.also()) add(other);
  }
  return lines;
}

TEST(Placeholder, names_every_variable_that_is_not_given_at_its_first_place) {
  EXPECT_EQ(problems_with("SELECT :'a', :'c',\n :\"d\", :'c'", given),
            (std::vector<std::string>{"1:14 variable \"c\" is not given", "2:2 variable \"d\" is not given"}));
}

TEST(Placeholder, refuses_values_that_the_server_would_not_take) {
  const std::string not_text = " is not text: its value is not valid UTF-8, or holds a NUL character";
  EXPECT_EQ(problems_with("SELECT :'null', :'latin', :\"empty\"", given),
            (std::vector<std::string>{"1:8 variable \"null\"" + not_text, "1:17 variable \"latin\"" + not_text,
                                      "1:27 variable \"empty\" is empty, and a name is wanted here"}));
}

}  // namespace
}  // namespace cairn
