#include "lint/policy_name.hpp"

#include "base/text.hpp"
#include "lint/policy_objects.hpp"
#include "lint/policy_reference.hpp"
#include "lint/policy_release.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

struct TextRow {
  const char* written;
  const char* read;
};

TEST(PolicyName, takes_an_identity_apart) {
  const TextRow rows[] = {
      {"core", "core"},
      {"core.users.id", "core|users|id"},
      {"core.\"Users\".\"a.b\"", "core|Users|a.b"},
      {"\"a\"\"b\".c", "a\"b|c"},
      {"s.half(integer,s.mood)", "s|half"},
      {"s.\"f(x\"(integer)", "s|f(x"},
      {"s.+(integer,integer)", "s|+"},
      {"s.people_ops using btree", "s|people_ops"},
  };
  for (const TextRow& row : rows) EXPECT_EQ(join(parts_of(row.written), "|"), row.read) << row.written;
}

TEST(PolicyName, tells_the_table_of_a_column) {
  const TextRow rows[] = {{"core.users.id", "core.users"}, {"\"C.\".\"a\"\".b\".\"c.d\"", "\"C.\".\"a\"\".b\""}, {"core.users", "core"}, {"core", ""}, {"", ""}};
  for (const TextRow& row : rows) EXPECT_EQ(table_of(row.written), row.read) << row.written;
}

TEST(PolicyName, is_in_snake_case_or_could_be) {
  const TextRow wrong[] = {
      {"firstName", "first_name"}, {"Users", "users"}, {"journal__lines", "journal_lines"}, {"_hidden", "hidden"}, {"rest_", "rest"},
      {"Order Lines", "order_lines"}, {"HTTPCode", "httpcode"}, {"2fa", "fa"}, {"ñ", ""},
  };
  for (const TextRow& row : wrong) {
    EXPECT_FALSE(is_snake_case(row.written)) << row.written;
    EXPECT_EQ(in_snake_case(row.written), row.read) << row.written;
  }
  for (const char* right : {"users", "journal_lines", "events_2020", "a", "x2"}) {
    EXPECT_TRUE(is_snake_case(right)) << right;
    EXPECT_EQ(in_snake_case(right), right);
  }
}

TEST(PolicyName, tells_a_placeholder_from_a_column_with_a_use) {
  for (const char* kept : {"reserved", "reserved1", "reserved_2", "future_use", "future1", "placeholder", "spare_2", "unused", "dummy", "tbd", "extra1",
                           "custom_3", "field2", "reserved_for_future_use"})
    EXPECT_TRUE(is_placeholder(kept)) << kept;
  for (const char* used : {"reserved_quantity", "reserved_at", "is_reserved", "future_value", "spare_parts", "extra", "custom", "field", "line1",
                           "address_2", "id", "unused_days"})
    EXPECT_FALSE(is_placeholder(used)) << used;
}

TEST(PolicyReference, is_unqualified_when_no_schema_stands_before_the_table) {
  const TextRow rows[] = {
      {"CREATE TABLE a.b (c int REFERENCES users)", "users"},
      {"CREATE TABLE a.b (c int REFERENCES users (id), d int references core.users)", "users"},
      {"CREATE TABLE a.b (c int REFERENCES \"Users\" (id), FOREIGN KEY (c) REFERENCES x)", "\"Users\"|x"},
      {"ALTER TABLE a.b ADD FOREIGN KEY (c) REFERENCES /* not core. */ users (id)", "users"},
      {"ALTER TABLE a.b ADD c int REFERENCES core . users (id)", ""},
      {"ALTER TABLE a.b ADD c int REFERENCES \"core\".\"Users\"", ""},
      {"GRANT SELECT, REFERENCES ON a.b TO c", ""},
      {"GRANT REFERENCES, SELECT ON a.b TO c", ""},
      {"GRANT REFERENCES (c) ON a.b TO d", ""},
      {"COMMENT ON TABLE a.b IS 'it REFERENCES users'", ""},
      {"-- REFERENCES users\nSELECT 1", ""},
      {"DO $$ BEGIN ALTER TABLE a.b ADD FOREIGN KEY (c) REFERENCES users; END $$", ""},
  };
  for (const TextRow& row : rows) EXPECT_EQ(join(unqualified_references(row.written), "|"), row.read) << row.written;
}

TEST(PolicyRelease, compares_by_numbers) {
  EXPECT_LT(parse_release("v0.9.0"), parse_release("0.10"));
  EXPECT_EQ(parse_release("v1.0.0"), parse_release("1"));
  EXPECT_LT(parse_release("1.2"), parse_release("1.2.1"));
  EXPECT_EQ(parse_release("v0"), parse_release("0.0"));
  for (const char* none : {"", "v", "next", "1.", ".1", "1..2", "1.2-rc1", "-1", "99999999999999999999"}) EXPECT_EQ(parse_release(none), std::nullopt) << none;
}

}  // namespace
}  // namespace cairn
