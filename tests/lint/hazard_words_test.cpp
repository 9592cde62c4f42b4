#include "lint/hazard_words.hpp"

#include "base/text.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

/// "command | targets | words of each action".
std::string described(const std::string& statement) {
  const HazardWords words = read_hazard_words(statement);
  std::string text = words.command + " | " + join(words.targets, " & ") + " |";
  for (const auto& action : words.actions) text += " [" + join(action, " ") + "]";
  return words.command == "ALTER TABLE" ? text : words.command + " | " + join(words.targets, " & ");
}

struct WordsRow {
  const char* statement;
  const char* described;
};

TEST(HazardWords, tell_command_and_relations) {
  const WordsRow table[] = {
      {"UPDATE users SET a = 1", "UPDATE | users"},
      {"-- all\nupdate only App.Users as u set a = 1", "UPDATE | app.users"},
      {"UPDATE \"Users\" SET a = 1", "UPDATE | \"Users\""},
      {"UPDATE app.\"users\" SET a = 1", "UPDATE | app.users"},
      {"DELETE FROM ONLY app . users WHERE true", "DELETE | app.users"},
      {"TRUNCATE TABLE ONLY a, b.c, \"D\" RESTART IDENTITY CASCADE", "TRUNCATE | a & b.c & \"D\""},
      {"TRUNCATE a", "TRUNCATE | a"},
      {"LOCK TABLE users IN SHARE MODE", "LOCK | users"},
      {"CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX CONCURRENTLY | unique"},
      {"", " | "},
      {"'unterminated", " | "},
  };
  for (const WordsRow& row : table) EXPECT_EQ(described(row.statement), row.described) << row.statement;
}

TEST(HazardWords, cut_alter_table_into_its_actions) {
  const WordsRow table[] = {
      {"ALTER TABLE IF EXISTS ONLY users ADD a numeric(4, 2) NOT NULL, DROP COLUMN b",
       "ALTER TABLE | users | [ALTER TABLE IF EXISTS ONLY USERS ADD A NUMERIC NOT NULL] [DROP COLUMN B]"},
      {"ALTER TABLE users ADD CHECK (a IS NOT NULL)", "ALTER TABLE | users | [ALTER TABLE USERS ADD CHECK]"},
      {"ALTER TABLE users ALTER a SET DEFAULT 'NOT, NULL'", "ALTER TABLE | users | [ALTER TABLE USERS ALTER A SET DEFAULT]"},
  };
  for (const WordsRow& row : table) EXPECT_EQ(described(row.statement), row.described) << row.statement;
}

TEST(HazardWords, know_which_relation_a_name_may_mean) {
  EXPECT_TRUE(may_mean("users", "public.users"));
  EXPECT_TRUE(may_mean("public.users", "public.users"));
  EXPECT_TRUE(may_mean("users", "users"));
  EXPECT_FALSE(may_mean("sers", "public.users"));
  EXPECT_FALSE(may_mean("app.users", "public.users"));
  EXPECT_FALSE(may_mean("", "public.users"));
}

}  // namespace
}  // namespace cairn::test
