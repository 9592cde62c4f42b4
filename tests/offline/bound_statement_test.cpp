#include "offline/bound_statement.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

struct Bound {
  const char* name;
  const char* sql;
  std::vector<Cell> values;
  const char* text;
};

const Bound bound[] = {
    {"none", "SELECT 1", {}, "SELECT 1"},
    {"a number", "SELECT * FROM t WHERE id=$1", {"7"}, "SELECT * FROM t WHERE id= '7'"},
    {"NULL", "INSERT INTO t VALUES ($1, $2)", {std::nullopt, ""}, "INSERT INTO t VALUES (NULL, '')"},
    {"quotes", "SELECT $1", {"it's '' $2"}, "SELECT 'it''s '''' $2'"},
    {"backslashes", "SELECT $1", {"a\\'b"}, "SELECT E'a\\\\''b'"},
    {"the same twice", "SELECT $1,$1::int", {"1"}, "SELECT '1','1'::int"},
    {"out of order, two digits", "SELECT $10, $2", {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}, "SELECT 'j', 'b'"},
    {"not in a string", "SELECT '$1', $1", {"x"}, "SELECT '$1', 'x'"},
    {"not in a quoted name", "SELECT \"$1\", $1", {"x"}, "SELECT \"$1\", 'x'"},
    {"not in comments", "SELECT /* $1 /* $1 */ $1 */ $1 -- $1\n", {"x"}, "SELECT /* $1 /* $1 */ $1 */ 'x' -- $1\n"},
    {"not in dollar quotes", "SELECT $a$ $1 $a$, $$ $1 $$, $1", {"x"}, "SELECT $a$ $1 $a$, $$ $1 $$, 'x'"},
    {"not in an escape string", "SELECT E'\\'$1', $1", {"x"}, "SELECT E'\\'$1', 'x'"},
    {"not in a name", "SELECT a$1, $1", {"x"}, "SELECT a$1, 'x'"},
    {"never part of another token", "SELECT u&$1", {"x"}, "SELECT u& 'x'"},
    {"glued to a word", "SELECT $1and", {"x"}, "SELECT 'x' and"},
    {"NULL glued to a word", "SELECT $1is null", {std::nullopt}, "SELECT NULL is null"},
    {"a line break in the value", "SELECT $1", {"a\nb\r\\!ls"}, "SELECT E'a\nb\r\\\\!ls'"},
    {"other characters", "SELECT $1 AS número", {"ñ😀"}, "SELECT 'ñ😀' AS número"},
};

TEST(BoundStatement, holds_a_safe_literal_for_each_parameter) {
  for (const Bound& row : bound) EXPECT_EQ(bind_parameters(row.sql, row.values), row.text) << row.name;
}

std::string refusal(const std::string& sql, const std::vector<Cell>& values) try {
  return bind_parameters(sql, values);
} catch (const Error& error) {
  return error.message();
}

TEST(BoundStatement, is_refused_where_a_value_is_missing_or_no_text) {
  EXPECT_EQ(refusal("SELECT $2", {"a"}), "there is no value for $2: 1 value given");
  EXPECT_EQ(refusal("SELECT $0", {"a"}), "there is no value for $0: 1 value given");
  EXPECT_EQ(refusal("SELECT $99999999999999999999", {"a"}), "there is no value for $0: 1 value given");
  EXPECT_EQ(refusal("SELECT $1", {}), "there is no value for $1: 0 values given");
  EXPECT_EQ(refusal("SELECT $1", {std::string("a\0b", 3)}), "the value of $1 is not valid UTF-8 text");
  EXPECT_EQ(refusal("SELECT $1", {"\xFF"}), "the value of $1 is not valid UTF-8 text");
}

}  // namespace
}  // namespace cairn::test
