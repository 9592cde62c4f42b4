// What the bookkeeping statements do on a real server: text alone cannot tell whether they raise.
#include "base/text.hpp"
#include "state/bookkeeping.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cairn::test {
namespace {

using Ids = std::vector<std::string>;

class BookkeepingRowsTest : public ::testing::Test {
 protected:
  BookkeepingRowsTest() {
    revision_.id = "r";
    database_.execute(create_tables_sql({}));
  }

  void have(const Ids& rows) {
    database_.execute("DELETE FROM alembic_version");
    for (const std::string& row : rows) database_.execute("INSERT INTO alembic_version VALUES ('" + row + "')");
  }

  std::string ending(const Ids& before, const Ids& after) const {
    return "BEGIN;\n" + join(bookkeeping_.finish({&revision_, Direction::up, before, after}), ";\n") + ";\nCOMMIT";
  }

  /// "raised", or the rows afterwards.
  std::string run(const Ids& before, const Ids& after) {
    try {
      database_.execute(ending(before, after));
    } catch (const SessionError& error) {
      database_.execute("ROLLBACK");
      return std::string(error.what()).find(rows_changed_marker) == std::string::npos ? error.what() : "raised";
    }
    return join(database_.column("SELECT version_num FROM alembic_version ORDER BY version_num COLLATE \"C\""), "|");
  }

  TestDatabase database_;
  Revision revision_;
  Bookkeeping bookkeeping_{{}, {.run = "run1", .client = "bob@here:7", .runner = "cairn test"}};
};

struct RowsCase {
  const char* name;
  Ids found;
  Ids before;
  Ids after;
  const char* outcome;
};

TEST_F(BookkeepingRowsTest, moves_exactly_the_expected_rows_or_raises) {
  const RowsCase cases[] = {
      {"first", {}, {}, {"a"}, "a"},
      {"along a chain", {"a"}, {"a"}, {"b"}, "b"},
      {"back to base", {"a"}, {"a"}, {}, ""},
      {"beside another head", {"a", "x"}, {"a", "x"}, {"b", "x"}, "b|x"},
      {"merge", {"a", "b"}, {"a", "b"}, {"c"}, "c"},
      {"merge undone", {"c"}, {"c"}, {"a", "b"}, "a|b"},
      {"nothing changes", {"a"}, {"a"}, {"a"}, "a"},
      {"bytewise order", {"b", "B", "a"}, {"B", "a", "b"}, {"c"}, "c"},
      {"gone", {}, {"a"}, {"b"}, "raised"},
      {"already there", {"b"}, {"a"}, {"b"}, "raised"},
      {"another beside it", {"a", "x"}, {"a"}, {"b"}, "raised"},
      {"another at base", {"x"}, {}, {"a"}, "raised"},
      {"one of two gone", {"a"}, {"a", "b"}, {"c"}, "raised"},
      {"two in one", {"a b"}, {"a", "b"}, {"c"}, "raised"},
      {"two in one, as arrays are written", {"a,b"}, {"a", "b"}, {"c"}, "raised"},
      {"the word NULL", {"NULL"}, {"NULL"}, {"b"}, "b"},
      {"braces and quotes", {"{\"\\}", "a b"}, {"a b", "{\"\\}"}, {"b"}, "b"},
      {"not ASCII", {"réf"}, {"réf"}, {"b"}, "b"},
  };
  for (const RowsCase& row : cases) {
    have(row.found);
    EXPECT_EQ(run(row.before, row.after), row.outcome) << row.name;
  }
}

TEST_F(BookkeepingRowsTest, raises_when_the_rows_change_while_it_waits_for_them) {
  const char* const changes[] = {"UPDATE alembic_version SET version_num = 'b'", "DELETE FROM alembic_version"};
  for (const char* change : changes) {
    have({"a"});
    Session other(database_.conninfo());
    other.execute(std::string("BEGIN; ") + change);
    Session waiting(database_.conninfo());
    waiting.send(ending({"a"}, {"b"}));
    EXPECT_TRUE(becomes(database_.session(), "SELECT count(*) FROM pg_locks WHERE NOT granted", "1"));
    other.execute("COMMIT");
    EXPECT_THROW(waiting.finish(), SessionError) << change;
  }
}

TEST_F(BookkeepingRowsTest, does_not_care_what_the_search_path_offers) {
  have({"a"});
  database_.execute("CREATE SCHEMA trap;"
                    "CREATE FUNCTION trap.never(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT false';"
                    "CREATE OPERATOR trap.= (LEFTARG = text, RIGHTARG = text, FUNCTION = trap.never);"
                    "CREATE FUNCTION trap.concat(VARIADIC \"any\") RETURNS text LANGUAGE internal AS 'text_concat';"
                    "SET search_path = trap, pg_catalog, public");
  EXPECT_EQ(run({"a"}, {"b"}), "b");
}

TEST_F(BookkeepingRowsTest, notes_the_step_and_tells_how_long_it_took) {
  have({"a"});
  database_.execute("SET cairn.started = '2025-11-30 12:00:00+00'");
  const auto statements = bookkeeping_.finish({&revision_, Direction::down, {"a"}, {"{x}", "b"}});
  const Rows told = database_.query(join(statements, ";\n"));
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(database_.value("SELECT floor(extract(epoch FROM finished_at - started_at) * 1000 - " + *told[0][0] +
                            ") IN (-1, 0) FROM cairn_journal"), "t");
  EXPECT_EQ(database_.value("SELECT concat_ws(' ', run, revision, direction, state, array_length(rows_after, 1), rows_after[1], "
                            "client, runner) FROM cairn_journal"), "run1 r down done 2 {x} bob@here:7 cairn test");
}

TEST_F(BookkeepingRowsTest, stamps_in_one_transaction_without_being_told) {
  have({"a"});
  EXPECT_THROW(database_.execute(bookkeeping_.stamp({"x"}, {"b"}, false)), SessionError);
  EXPECT_EQ(database_.value("SELECT count(*) FROM cairn_journal"), "0");
  database_.execute(bookkeeping_.stamp({"a"}, {"b"}, true));
  EXPECT_EQ(database_.value("SELECT version_num FROM alembic_version"), "b");
  EXPECT_EQ(database_.value("SELECT count(*) FROM cairn_journal WHERE direction = 'stamp'"), "1");
}

}  // namespace
}  // namespace cairn::test
