#include "postgres/connection.hpp"
#include "schema/difference.hpp"
#include "schema/rows.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

class Rows : public testing::Test {
 protected:
  Rows() : connection_(open_connection(parse_database(database_.conninfo()))) {}

  Snapshot read(const RowsOptions& options = {}) { return read_rows(*connection_, options); }

  std::string text(const RowsOptions& options = {}) {
    std::string lines;
    for (const SchemaObject& object : read(options).objects) lines += object.kind + " " + object.identity + " " + object.definition + "\n";
    return lines;
  }

  std::string change(const std::string& sql) {
    const Snapshot before = read();
    database_.execute(sql);
    std::string lines;
    for (const Difference& difference : compare(before, read())) lines += describe(difference) + "\n";
    return lines;
  }

  TestDatabase database_;
  std::unique_ptr<Connection> connection_;
};

TEST_F(Rows, are_none_in_an_empty_database) { EXPECT_EQ(text(), ""); }

TEST_F(Rows, are_known_by_their_primary_key) {
  database_.execute("CREATE TABLE t (b int, a text, n text, PRIMARY KEY (a, b)); INSERT INTO t VALUES (1, 'x', 'one'), (2, 'x', 'two')");
  EXPECT_EQ(text(), "row public.t {\"a\": \"x\", \"b\": 1} {\"a\": \"x\", \"b\": 1, \"n\": \"one\"}\n"
                    "row public.t {\"a\": \"x\", \"b\": 2} {\"a\": \"x\", \"b\": 2, \"n\": \"two\"}\n");
}

TEST_F(Rows, without_a_key_are_counted) {
  database_.execute("CREATE TABLE t (n int); INSERT INTO t VALUES (1), (1), (2)");
  EXPECT_EQ(text(), "row public.t {\"n\": 1} {\"times\": 2}\nrow public.t {\"n\": 2} {\"n\": 2}\n");
}

TEST_F(Rows, of_large_tables_are_a_number_and_a_digest) {
  database_.execute("CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t SELECT i, i FROM generate_series(1, 20) i");
  const RowsOptions few{.leave_out = {}, .most_rows = 10};
  const Snapshot before = read(few);
  ASSERT_EQ(before.objects.size(), 1U);
  EXPECT_EQ(before.objects[0].kind, "rows");
  EXPECT_NE(before.objects[0].definition.find("\"number\": 20"), std::string::npos);
  database_.execute("UPDATE t SET n = 0 WHERE id = 7");
  const auto differences = compare(before, read(few));
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(describe(differences[0]), "changed: rows public.t (not the same: 20 rows before and after)");
  database_.execute("DELETE FROM t WHERE id = 7");
  EXPECT_EQ(describe(compare(before, read(few)).at(0)), "changed: rows public.t (number: 20, now 19)");
}

TEST_F(Rows, that_come_go_and_change_are_named) {
  database_.execute("CREATE TABLE t (id int PRIMARY KEY, n text, at timestamptz DEFAULT now()); INSERT INTO t VALUES (1, 'a'), (2, 'b')");
  EXPECT_EQ(change("INSERT INTO t VALUES (3, 'c')"), "left over: row public.t {\"id\": 3}\n");
  EXPECT_EQ(change("DELETE FROM t WHERE id = 3"), "missing: row public.t {\"id\": 3}\n");
  EXPECT_EQ(change("UPDATE t SET n = 'x' WHERE id = 1"), "changed: row public.t {\"id\": 1} (n: \"a\", now \"x\")\n");
  EXPECT_EQ(change("UPDATE t SET at = at + interval '1 second' WHERE id = 1").substr(0, 30), "times only: row public.t {\"id\"");
}

TEST_F(Rows, of_tables_with_strange_names_and_columns_are_read) {
  database_.execute(R"(CREATE SCHEMA "a b"; CREATE TABLE "a b"."it's ""t""" ("k'" int PRIMARY KEY, "%I" text); INSERT INTO "a b"."it's ""t""" VALUES (1, '{2}'))");
  EXPECT_EQ(text(), "row \"a b\".\"it's \"\"t\"\"\" {\"k'\": 1} {\"%I\": \"{2}\", \"k'\": 1}\n");
}

TEST_F(Rows, of_tables_that_are_left_out_are_not_read) {
  database_.execute("CREATE TABLE t (n int); CREATE TABLE u (n int); INSERT INTO t VALUES (1); INSERT INTO u VALUES (1)");
  EXPECT_EQ(text({.leave_out = {{"public", "t"}}}), "row public.u {\"n\": 1} {\"n\": 1}\n");
}

TEST_F(Rows, of_partitions_are_read_where_they_lie) {
  database_.execute("CREATE TABLE t (n int) PARTITION BY LIST (n); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); INSERT INTO t VALUES (1)");
  EXPECT_EQ(text(), "row public.t1 {\"n\": 1} {\"n\": 1}\n");
}

TEST_F(Rows, that_may_not_be_read_are_an_error) {
  database_.execute("CREATE ROLE no_reader LOGIN; CREATE TABLE t (n int); INSERT INTO t VALUES (1)");
  const auto other = open_connection(parse_database(database_.server().conninfo(database_.name(), "no_reader")));
  try {
    read_rows(*other);
    ADD_FAILURE() << "rows were read without the right to";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::configuration);
  }
  database_.execute("DROP ROLE no_reader");
}

}  // namespace
}  // namespace cairn::test
