#include "engine/engine_database.hpp"

#include "sql/substitution.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

class PlaceholdersOnServer : public testing::Test {
 protected:
  PlaceholdersOnServer() { database_.execute("CREATE TABLE t (a text); INSERT INTO t VALUES ('there')"); }

  /// Runs the revisions with the values put in, as a command does.
  static Outcome run_with(ScriptedRun& run, const Variables& variables) {
    std::vector<Work> work = run.work();
    for (Work& one : work)
      for (Piece& piece : one.pieces) piece.body = substitute(std::move(piece.body), variables);
    return run.run(run.plan(), work);
  }

  std::string values() { return database_.value("SELECT string_agg(encode(convert_to(a, 'UTF8'), 'hex'), ' ' ORDER BY a) FROM got"); }
  std::string hex(const std::string& text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string encoded;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      (encoded += digits[byte >> 4U]) += digits[byte & 15U];
    }
    return encoded;
  }

  EngineDatabase database_;
};

const char* const attacks[] = {
    "plain",
    "'; DROP TABLE t; --",
    "''; DROP TABLE t; --",
    "\\'; DROP TABLE t; --",
    "\\\\'; DROP TABLE t; --",
    "\\",
    "'",
    "\"; DROP TABLE t; --",
    "$$; DROP TABLE t; $$",
    "$1",
    ":'other'",
    "E'\\''; DROP TABLE t",
    "\\x27; DROP TABLE t; --",
    "\\u0027; DROP TABLE t; --",
    "U&'\\0027'; DROP TABLE t",
    "*/ DROP TABLE t; /*",
    "-- \n; DROP TABLE t",
    "\r\n\t\b",
    "COMMIT",
    "\xEF\xBC\x87; DROP TABLE t; --",   // a full-width apostrophe
    "\xE2\x80\x99; DROP TABLE t; --",   // a typographic one
    "{\"a\": \"b\"}",
    "",
};

/// A revision that puts one value wherever a value can stand, with the settings that decide how strings are read.
std::string everywhere(const std::string& settings) {
  return settings + "CREATE TABLE got (a text);\nINSERT INTO got VALUES (:'v'), (:'v'||''), (:'v'::text), ((ARRAY[:'v'])[1]);\n"
                    "CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT :'v'; END;\nINSERT INTO got SELECT f();";
}

TEST_F(PlaceholdersOnServer, take_every_value_as_it_is) {
  const std::string settings[] = {"", "SET standard_conforming_strings = off;\n", "SET backslash_quote = on;\n",
                                  "SET standard_conforming_strings = off; SET escape_string_warning = off; SET backslash_quote = on;\n"};
  for (const std::string& setting : settings)
    for (const char* value : attacks)
      for (const bool transactional : {true, false}) {
        SCOPED_TRACE(setting + value);
        ScriptedRun run(database_.channel());
        run.sql("a", everywhere(setting), {.transactional = transactional});
        EXPECT_EQ(told(run_with(run, {{"v", value}, {"other", "o"}})), "no error");
        const std::string one = hex(value);
        EXPECT_EQ(values(), one + " " + one + " " + one + " " + one + " " + one);
        EXPECT_EQ(database_.value("SELECT a FROM t"), "there");
        database_.execute("DROP TABLE got; DROP FUNCTION f; DELETE FROM alembic_version");
      }
}

TEST_F(PlaceholdersOnServer, take_every_value_as_a_name) {
  for (const char* value : attacks) {
    if (*value == '\0') continue;
    SCOPED_TRACE(value);
    ScriptedRun run(database_.channel());
    run.sql("a", "CREATE SCHEMA :\"v\"; CREATE TABLE :\"v\".:\"v\" (:\"v\" int); COMMENT ON COLUMN :\"v\".:\"v\".:\"v\" IS :'v';");
    EXPECT_EQ(told(run_with(run, {{"v", value}})), "no error");
    EXPECT_EQ(database_.value("SELECT encode(convert_to(table_schema || table_name || column_name, 'UTF8'), 'hex') FROM "
                              "information_schema.columns WHERE table_schema = table_name AND table_name = column_name"),
              hex(value) + hex(value) + hex(value));
    EXPECT_EQ(database_.value("SELECT a FROM t"), "there");
    database_.execute("DO $$ BEGIN EXECUTE (SELECT format('DROP SCHEMA %I CASCADE', table_schema) FROM information_schema.columns "
                      "WHERE table_schema = table_name); END $$; DELETE FROM alembic_version");
  }
}

struct FaultRow {
  const char* name;
  std::string up;
  const char* verify;
  Flags flags;
  const char* told;
};

TEST_F(PlaceholdersOnServer, leave_the_places_of_errors_those_of_the_file) {
  const std::string secret(300, 'x');
  const FaultRow rows[] = {
      {"behind a value", "SELECT :'v', :'v',\n :'v', nope;", "", {}, "9: revision a failed: column \"nope\" does not exist (a/up.sql, line 2, column 8)"},
      {"syntax", "SELECT 1; SELECT :'v' SELEC;\nSELECT :'v' 1 2;", "", {}, "9: revision a failed: syntax error at or near \"1\" (a/up.sql, line 2, column 13)"},
      {"the value itself", "SELECT 1,\n  :\"v\";", "", {}, nullptr},
      {"behind a value, outside a transaction", "SELECT :'v';\nSELECT :'v', nope;", "", {.transactional = false},
       "10: revision a stopped half-way at statement 2: column \"nope\" does not exist (a/up.sql, line 2, column 14)"},
      {"verify step", "SELECT 1", "SELECT :'v', nope", {}, "9: revision a failed: column \"nope\" does not exist (a/verify.sql, line 1, column 14)"},
  };
  for (const FaultRow& row : rows) {
    SCOPED_TRACE(row.name);
    ScriptedRun run(database_.channel());
    run.verified("a", row.up, row.verify, row.flags);
    const Outcome outcome = run_with(run, {{"v", secret}});
    ASSERT_TRUE(outcome.error && outcome.error->place());
    if (row.told != nullptr) EXPECT_EQ(told(outcome), row.told);
    else EXPECT_EQ(describe(*outcome.error->place()), "a/up.sql, line 2, column 3");
    EXPECT_EQ(outcome.error->place()->excerpt.find(secret), std::string::npos);
    database_.execute("DELETE FROM cairn_journal");
  }
}

TEST_F(PlaceholdersOnServer, work_in_a_window_and_in_verify_steps) {
  ScriptedRun run(database_.channel());
  run.tables("t", 2).verified("a", "INSERT INTO t VALUES (:'v')", "SELECT a FROM t WHERE a <> :'v' AND a <> 'there'").tables("u", 2);
  EXPECT_EQ(told(run_with(run, {{"v", "it's"}})), "no error");
  EXPECT_EQ(database_.value("SELECT string_agg(a, ' ' ORDER BY a) FROM t"), "it's there");
}

}  // namespace
}  // namespace cairn::test
