#include "state/bookkeeping.hpp"
#include "base/text.hpp"
#include "state/state.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

using Rows = std::vector<std::string>;

const RunIdentity identity{.run = "run1", .client = "bob@here:7", .runner = "cairn 0.1.0"};

std::string finish(const Bookkeeping& bookkeeping, const Step& step) { return join(bookkeeping.finish(step), ";\n"); }

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

struct FinishCase {
  Rows before;
  Rows after;
  const char* has;
};

TEST(Bookkeeping, touches_only_the_rows_that_change) {
  const FinishCase cases[] = {
      {{}, {"a"}, "INSERT INTO \"public\".\"alembic_version\""},
      {{"a"}, {"b"}, "UPDATE \"public\".\"alembic_version\" SET version_num = 'b'"},
      {{"a"}, {}, "DELETE FROM \"public\".\"alembic_version\""},
      {{"a", "b"}, {"c"}, "ANY (ARRAY['a', 'b']::pg_catalog.text[])"},
      {{"a", "x"}, {"b", "x"}, "UPDATE"},
      {{"a"}, {"a"}, "FOR UPDATE), ', expected {a}'), 'cairn: version rows are {a}, expected {a}', '0') AS pg_catalog.int4);\nINSERT"},
  };
  const Bookkeeping bookkeeping({}, identity);
  Revision revision;
  revision.id = "r";
  for (const FinishCase& row : cases) {
    const std::string text = finish(bookkeeping, {&revision, Direction::up, row.before, row.after});
    EXPECT_TRUE(has(text, row.has)) << text;
    EXPECT_FALSE(has(text, "'x', ") && has(text, "DELETE")) << text;
  }
}

TEST(Bookkeeping, names_everything_with_its_schema) {
  const Bookkeeping bookkeeping({.schema = "Odd \"one", .version_table = "v'x", .journal_table = "j"}, identity);
  Revision revision;
  revision.id = "r";
  const std::string text = finish(bookkeeping, {&revision, Direction::down, {"a"}, {"b"}});
  EXPECT_TRUE(has(text, R"("Odd ""one"."v'x")"));
  EXPECT_TRUE(has(text, R"("Odd ""one"."j")"));
  const std::string move = "SET version_num = ";
  const std::string rest = text.substr(0, text.find(move)) + text.substr(text.find(move) + move.size());
  for (const char* bare : {" concat(", " replace(", " clock_timestamp(", " date_part(", " = ", " - ", " * ", "::text", "::int8"})
    EXPECT_FALSE(has(rest, bare)) << bare << text;
}

TEST(Bookkeeping, writes_who_did_what) {
  Revision revision;
  revision.id = "r'1";
  revision.source_digest = "abcd";
  const Bookkeeping bookkeeping({}, identity);
  const std::string text = finish(bookkeeping, {&revision, Direction::down, {"a"}, {}, "sql-1:ef"});
  for (const char* part : {"'run1'", "'r''1'", "'down'", "'done'", "'abcd'", "'sql-1:ef'", "'bob@here:7'", "'cairn 0.1.0'"})
    EXPECT_TRUE(has(text, part)) << part;
}

TEST(Bookkeeping, cuts_and_cleans_the_text_of_an_error) {
  Revision revision;
  revision.id = "r";
  const Bookkeeping bookkeeping({}, identity);
  const std::string text = bookkeeping.failed({&revision, Direction::up, {}, {}}, "it's\x1b[31m " + std::string(10'000, 'x'));
  EXPECT_LT(text.size(), 3'000u);
  EXPECT_TRUE(has(text, "it''s"));
  EXPECT_FALSE(has(text, "\x1b"));
}

TEST(State, reads_what_is_unfinished) {
  Result rows{.tag = "SELECT 2", .columns = {}, .rows = {{"b"}, {"a"}}};
  Result open{.tag = "SELECT 2", .columns = {},
              .rows = {{"r", "up", "2", "2025-11-30", "bob@here:7", "started", std::nullopt},
                       {"s", "down", "1", "2025-11-30", "bob@here:7", "stopped", "no such table"}}};
  const State state = parse_state(std::vector<Result>{rows, open}, std::nullopt);
  EXPECT_EQ(state.rows, (Rows{"a", "b"}));
  try {
    require_finished(state);
    FAIL() << "nothing was said";
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::unfinished);
    EXPECT_EQ(error.message(), "revision r was stopped in its upgrade: statement 2 was started and never seen to end");
    ASSERT_EQ(error.also().size(), 1u);
    EXPECT_EQ(error.also()[0].message(), "revision s was stopped half-way in its downgrade, at statement 1: no such table");
  }
}

TEST(Bookkeeping, writes_what_a_person_accepts) {
  const Bookkeeping bookkeeping({}, {.run = "run1", .client = "bob@here:7", .runner = "cairn 0.1.0", .tag = "OPS-7"});
  const std::string text = bookkeeping.accept({"r'1", "sql-1:ef", ""});
  for (const char* part : {"'run1'", "'r''1'", "'accept'", "'done'", "'sql-1:ef', NULL", "'bob@here:7'", "'OPS-7'"})
    EXPECT_TRUE(has(text, part)) << part << text;
}

TEST(State, reads_what_was_applied) {
  Result sources{.tag = "SELECT 2", .columns = {},
                 .rows = {{"a", "sql-1:ef", "abcd", "2025-11-30", "app", "bob@here:7", "up"},
                          {"b", "code-1:00", std::nullopt, "2025-12-01", "app", "bob@here:7", "accept"}}};
  const State state = parse_state(std::vector<Result>{{}, {}, {}, sources}, std::nullopt);
  ASSERT_EQ(state.sources.size(), 2u);
  EXPECT_EQ(state.sources[0].digest, "sql-1:ef");
  EXPECT_EQ(state.sources[0].source, "abcd");
  EXPECT_FALSE(state.sources[0].accepted);
  EXPECT_EQ(state.sources[1].source, "");
  EXPECT_TRUE(state.sources[1].accepted);
}

struct MissingCase {
  const char* sqlstate;
  std::size_t results;
  bool versions;
  bool journal;
};

TEST(State, takes_missing_tables_for_an_answer) {
  const MissingCase cases[] = {{"42P01", 0, false, false}, {"3F000", 0, false, false}, {"42P01", 1, true, false}};
  for (const MissingCase& row : cases) {
    const ServerFailure failure{row.sqlstate, "missing", {}, {}, {}, 0};
    const State state = parse_state(std::vector<Result>(row.results), failure);
    EXPECT_EQ(state.has_version_table, row.versions);
    EXPECT_EQ(state.has_journal, row.journal);
  }
}

TEST(State, passes_other_failures_on) {
  const ServerFailure failure{"42501", "permission denied for table alembic_version", {}, {}, {}, 0};
  EXPECT_THROW(parse_state({}, failure), Error);
}

}  // namespace
}  // namespace cairn::test
