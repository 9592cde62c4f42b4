#include "sql/body.hpp"
#include "sql/classify.hpp"

#include <gtest/gtest.h>

#include <random>

namespace cairn {
namespace {

std::vector<std::string> texts_of(const Body& body) {
  std::vector<std::string> texts;
  for (const Statement& s : body.statements) texts.push_back(body.text.substr(s.begin, s.end - s.begin));
  return texts;
}

/// Every problem as "line:column message".
std::vector<std::string> problems_of(std::string_view sql) {
  std::vector<std::string> lines;
  const auto add = [&](const Error& e) {
    lines.push_back(std::to_string(e.place()->line) + ":" + std::to_string(e.place()->column) + " " + e.message());
  };
  try {
    parse_body("up.sql", sql);
  } catch (const Error& error) {
    add(error);
    for (const Error& other : error.also()) add(other);
  }
  return lines;
}

struct CutCase {
  const char* name;
  std::string sql;
  std::vector<std::string> statements;
};

class Cutting : public testing::TestWithParam<CutCase> {};

TEST_P(Cutting, ends_statements_where_psql_does) {
  const CutCase& c = GetParam();
  const Body body = parse_body("up.sql", c.sql);
  EXPECT_EQ(texts_of(body), c.statements);
}

const CutCase cut_cases[] = {
    {"nothing", "", {}},
    {"blanks", " \n\t\r\n", {}},
    {"comments_only", "-- one; two\n/* three; */\n", {}},
    {"one", "SELECT 1;", {"SELECT 1"}},
    {"no_semicolon", "SELECT 1", {"SELECT 1"}},
    {"no_newline_behind_comment", "SELECT 1; -- done", {"SELECT 1"}},
    {"two_on_a_line", "SELECT 1; SELECT 2;", {"SELECT 1", "SELECT 2"}},
    {"empty_statements", ";;SELECT 1;;;", {"SELECT 1"}},
    {"comment_before_and_inside", "-- a;\nSELECT /* ; */ 1 -- ;\n + 2;", {"SELECT /* ; */ 1 -- ;\n + 2"}},
    {"nested_comment", "/* a /* b; */ c; */ SELECT 1;", {"SELECT 1"}},
    {"comment_with_quote", "SELECT 1; -- it's\nSELECT 2;", {"SELECT 1", "SELECT 2"}},
    {"string", "SELECT 'a;b''c;'; SELECT 2", {"SELECT 'a;b''c;'", "SELECT 2"}},
    {"standard_string_with_backslash", "SELECT 'a\\'; SELECT 'b';", {"SELECT 'a\\'", "SELECT 'b'"}},
    {"escape_string", "SELECT E'a\\'; b'; SELECT 2;", {"SELECT E'a\\'; b'", "SELECT 2"}},
    {"escape_string_going_on", "SELECT E'a'\n'b\\';'; SELECT 2;", {"SELECT E'a'\n'b\\';'", "SELECT 2"}},
    {"unicode_string", "SELECT U&'\\0041;'; SELECT 2;", {"SELECT U&'\\0041;'", "SELECT 2"}},
    {"unicode_at_the_end", "SELECT U&'a;' -- b\n 'c;' ; SELECT U&\";\" UESCAPE '!'", {"SELECT U&'a;' -- b\n 'c;'", "SELECT U&\";\" UESCAPE '!'"}},
    {"bytes_made_up", "SELECT E'\\xff;\\377'; SELECT 2;", {"SELECT E'\\xff;\\377'", "SELECT 2"}},
    {"bad_escape", "SELECT E'\\u12;'; SELECT 2;", {"SELECT E'\\u12;'", "SELECT 2"}},
    {"quoted_name", "SELECT \"a;\"\"b\"; SELECT 2;", {"SELECT \"a;\"\"b\"", "SELECT 2"}},
    {"empty_name", "SELECT \"\"; SELECT 2;", {"SELECT \"\"", "SELECT 2"}},
    {"dollar_quote", "DO $$ BEGIN; END; $$; SELECT 2;", {"DO $$ BEGIN; END; $$", "SELECT 2"}},
    {"dollar_tag", "DO $a$ x; $$ ; $b$ $a$; SELECT 2;", {"DO $a$ x; $$ ; $b$ $a$", "SELECT 2"}},
    {"dollar_in_name", "SELECT a$b$c; SELECT 2;", {"SELECT a$b$c", "SELECT 2"}},
    {"parentheses", "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b); SELECT 2;",
     {"CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)", "SELECT 2"}},
    {"too_many_closed", "SELECT 1); SELECT 2;", {"SELECT 1)", "SELECT 2"}},
    {"crlf", "SELECT 1;\r\n-- x\r\nSELECT\r\n 2;\r\n", {"SELECT 1", "SELECT\r\n 2"}},
    {"not_ascii", "SELECT 'é;€'; SELECT \"ñ;\", größe; SELECT 3",
     {"SELECT 'é;€'", "SELECT \"ñ;\", größe", "SELECT 3"}},
    {"byte_order_mark", "\xEF\xBB\xBFSELECT 1;", {"SELECT 1"}},
    {"names_begin_and_end", "SELECT t.begin, t.end FROM t AS begin; SELECT 2;",
     {"SELECT t.begin, t.end FROM t AS begin", "SELECT 2"}},
    {"function_named_begin", "CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'SELECT 1'; SELECT 2;",
     {"CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'SELECT 1'", "SELECT 2"}},
    {"case_outside", "SELECT CASE WHEN a THEN b END; SELECT 2;", {"SELECT CASE WHEN a THEN b END", "SELECT 2"}},
    {"atomic_function", "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3;",
     {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END", "SELECT 3"}},
    {"atomic_procedure", "create or replace procedure p()\nbegin atomic\n insert into t values (1);\nend;\nSELECT 3;",
     {"create or replace procedure p()\nbegin atomic\n insert into t values (1);\nend", "SELECT 3"}},
    {"atomic_with_case", "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN CASE b WHEN 1 THEN 2 END "
     "ELSE 3 END; SELECT 4; END; SELECT 5;",
     {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN CASE b WHEN 1 THEN 2 END "
      "ELSE 3 END; SELECT 4; END", "SELECT 5"}},
    {"atomic_with_names", "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end, t.case, 2 end; END; SELECT 5;",
     {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end, t.case, 2 end; END", "SELECT 5"}},
    {"atomic_empty", "CREATE PROCEDURE p() BEGIN ATOMIC END; SELECT 5;",
     {"CREATE PROCEDURE p() BEGIN ATOMIC END", "SELECT 5"}},
    {"newer_merge", "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE RETURNING merge_action(), t.*; SELECT 2;",
     {"MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE RETURNING merge_action(), t.*", "SELECT 2"}},
    {"newer_json", "SELECT JSON_TABLE(j, '$[*] ? (@.a > 1)' COLUMNS (a int PATH '$.a')); SELECT 2;",
     {"SELECT JSON_TABLE(j, '$[*] ? (@.a > 1)' COLUMNS (a int PATH '$.a'))", "SELECT 2"}},
    {"newer_constraint", "CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED); SELECT 2;",
     {"CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED)", "SELECT 2"}},
    {"newer_numbers", "SELECT 1_000, 0xFF_FF, 0b1010, 0o17, 1_0.5e1_0; SELECT 1_0;",
     {"SELECT 1_000, 0xFF_FF, 0b1010, 0o17, 1_0.5e1_0", "SELECT 1_0"}},
    {"number_in_a_tag", "DO $a1_2$ ; $a1_2$; SELECT 0xA;", {"DO $a1_2$ ; $a1_2$", "SELECT 0xA"}},
    {"junk_number", "SELECT 1é, 2; SELECT 3;", {"SELECT 1é, 2", "SELECT 3"}},
    {"long_operator", "SELECT 1 " + std::string(70, '@') + " 2; SELECT 3;",
     {"SELECT 1 " + std::string(70, '@') + " 2", "SELECT 3"}},
    {"no_word_in_front", "1 COPY t FROM stdin; SELECT 2;", {"1 COPY t FROM stdin", "SELECT 2"}},
    {"slices", "SELECT a[1:2], b::text, :x; SELECT 2;", {"SELECT a[1:2], b::text, :x", "SELECT 2"}},
    {"savepoints", "SAVEPOINT a; ROLLBACK TO a; ROLLBACK WORK TO SAVEPOINT a; RELEASE a; PREPARE p AS SELECT 1;",
     {"SAVEPOINT a", "ROLLBACK TO a", "ROLLBACK WORK TO SAVEPOINT a", "RELEASE a", "PREPARE p AS SELECT 1"}},
    {"backslash_lines_in_strings", "SELECT '\n\\a\n \\b\n'; SELECT $$\n\\c;\n$$;",
     {"SELECT '\n\\a\n \\b\n'", "SELECT $$\n\\c;\n$$"}},
    {"stdin_in_strings", "SELECT 'stdin;\n'; SELECT E'stdin;'\n'\\';'; SELECT 3;",
     {"SELECT 'stdin;\n'", "SELECT E'stdin;'\n'\\';'", "SELECT 3"}},
};

INSTANTIATE_TEST_SUITE_P(Sql, Cutting, testing::ValuesIn(cut_cases),
                         [](const auto& row) { return std::string(row.param.name); });

struct CopyCase {
  const char* name;
  std::string sql;
  std::string text;
  std::vector<std::string> statements;
  std::vector<std::string> copies;
};

class CopyData : public testing::TestWithParam<CopyCase> {};

TEST_P(CopyData, is_taken_out_of_the_text) {
  const CopyCase& c = GetParam();
  const Body body = parse_body("up.sql", c.sql);
  EXPECT_EQ(body.text, c.text);
  EXPECT_EQ(texts_of(body), c.statements);
  EXPECT_EQ(body.copies, c.copies);
  std::size_t consumers = 0;
  for (const Statement& s : body.statements) consumers += s.copies_in ? 1 : 0;
  EXPECT_EQ(consumers, body.copies.size());
}

const CopyCase copy_cases[] = {
    {"rows", "COPY t FROM stdin;\n1\ta\n2\tb\n\\.\nSELECT 1;\n", "COPY t FROM stdin;\n\n\n\nSELECT 1;\n",
     {"COPY t FROM stdin", "SELECT 1"}, {"1\ta\n2\tb\n"}},
    {"no_rows", "COPY t FROM STDIN;\n\\.", "COPY t FROM STDIN;\n", {"COPY t FROM STDIN"}, {""}},
    {"what_the_lexer_cannot_read", "COPY t (a, b) FROM stdin WITH (FORMAT csv);\nit's;\"\\\n$$ /* (\n\\.\nSELECT ')';",
     "COPY t (a, b) FROM stdin WITH (FORMAT csv);\n\n\n\nSELECT ')';",
     {"COPY t (a, b) FROM stdin WITH (FORMAT csv)", "SELECT ')'"}, {"it's;\"\\\n$$ /* (\n"}},
    {"crlf", "COPY t FROM stdin;\r\n1\r\n\\.\r\nSELECT 1;\r\n", "COPY t FROM stdin;\r\n\n\nSELECT 1;\r\n",
     {"COPY t FROM stdin", "SELECT 1"}, {"1\r\n"}},
    {"over_lines", "COPY t\n FROM\n stdin\n (FORMAT text)\n;\nit's\n\\.\n", "COPY t\n FROM\n stdin\n (FORMAT text)\n;\n\n\n",
     {"COPY t\n FROM\n stdin\n (FORMAT text)"}, {"it's\n"}},
    {"several", "COPY a FROM stdin;\n'\n\\.\nCOPY b FROM stdin;\n\"\n\\.\n", "COPY a FROM stdin;\n\n\nCOPY b FROM stdin;\n\n\n",
     {"COPY a FROM stdin", "COPY b FROM stdin"}, {"'\n", "\"\n"}},
    {"statement_behind_on_its_line", "COPY a FROM stdin; SELECT 1;\n'\n\\.\nSELECT 2;",
     "COPY a FROM stdin; SELECT 1;\n\n\nSELECT 2;", {"COPY a FROM stdin", "SELECT 1", "SELECT 2"}, {"'\n"}},
    {"two_on_a_line", "COPY a FROM stdin; COPY b FROM stdin;\n1\n\\.\n2\n\\.\nSELECT 2;",
     "COPY a FROM stdin; COPY b FROM stdin;\n\n\n\n\nSELECT 2;",
     {"COPY a FROM stdin", "COPY b FROM stdin", "SELECT 2"}, {"1\n", "2\n"}},
    {"comment_behind", "COPY a FROM stdin; -- it's data;\n1\n\\.\n", "COPY a FROM stdin; -- it's data;\n\n\n",
     {"COPY a FROM stdin"}, {"1\n"}},
    {"not_from_stdin", "COPY stdin FROM '/tmp/x'; COPY (SELECT * FROM stdin) TO '/tmp/y'; SELECT 1;",
     "COPY stdin FROM '/tmp/x'; COPY (SELECT * FROM stdin) TO '/tmp/y'; SELECT 1;",
     {"COPY stdin FROM '/tmp/x'", "COPY (SELECT * FROM stdin) TO '/tmp/y'", "SELECT 1"}, {}},
    {"not_to_the_client", "COPY stdout TO PROGRAM 'x'; SELECT 1 AS to, stdout FROM t;",
     "COPY stdout TO PROGRAM 'x'; SELECT 1 AS to, stdout FROM t;",
     {"COPY stdout TO PROGRAM 'x'", "SELECT 1 AS to, stdout FROM t"}, {}},
    {"from_stdout_is_the_same_to_the_server", "COPY t FROM stdout;\n1\n\\.\n", "COPY t FROM stdout;\n\n\n",
     {"COPY t FROM stdout"}, {"1\n"}},
    {"pg_dump_lines", "\\restrict k3y\n\nSELECT 1;\n\\unrestrict k3y\n", "\n\nSELECT 1;\n\n", {"SELECT 1"}, {}},
    {"statement_over_blanked_lines", "SELECT\n\\restrict it's\n 1; SELECT 2", "SELECT\n\n 1; SELECT 2",
     {"SELECT\n\n 1", "SELECT 2"}, {}},
};

INSTANTIATE_TEST_SUITE_P(Sql, CopyData, testing::ValuesIn(copy_cases),
                         [](const auto& row) { return std::string(row.param.name); });

struct ProblemCase {
  const char* name;
  std::string sql;
  std::vector<std::string> problems;
};

class Refusing : public testing::TestWithParam<ProblemCase> {};

TEST_P(Refusing, names_every_problem_with_its_place) {
  EXPECT_EQ(problems_of(GetParam().sql), GetParam().problems);
}

const ProblemCase problem_cases[] = {
    {"nul", std::string("SELECT 1;\nSEL\0ECT", 17), {"2:4 the text holds a NUL character"}},
    {"latin_1", "SELECT 'é';\nSELECT 'é\xe9';", {"2:10 the text is not valid UTF-8: byte 0xe9"}},
    {"string", "SELECT 1;\nSELECT 'é', 'abc;\nSELECT 2;\n", {"2:13 this quoted string is never closed"}},
    {"name", "SELECT \"abc;\n", {"1:8 this quoted name is never closed"}},
    {"comment", "SELECT 1; /* a /* b */ ;\n", {"1:11 this comment is never closed"}},
    {"dollar", "DO $fn$ BEGIN $$ ;\n", {"1:4 the dollar quote $fn$ is never closed"}},
    {"parenthesis", "CREATE TABLE t (\n  a numeric(10\n);\nSELECT 1;", {"1:16 this parenthesis is never closed"}},
    {"body", "SELECT 1;\nCREATE FUNCTION f() RETURNS int\n BEGIN ATOMIC SELECT 1;\n", {"3:2 BEGIN ATOMIC without its END"}},
    {"copy_data", "SELECT 1;\nCOPY t FROM stdin;\n1\n\\.x\n", {"2:1 the data of this COPY ... FROM stdin never end"}},
    {"copy_without_semicolon", "COPY t FROM stdin", {"1:1 the data of this COPY ... FROM stdin never end"}},
    {"copy_out", "SELECT 1;\n copy t (a, b) to stdout with (format csv);\nCOPY (SELECT 1) TO STDIN;\nSELECT 2;",
     {"2:2 COPY ... TO STDOUT is not allowed in a revision: nobody reads its rows",
      "3:1 COPY ... TO STDOUT is not allowed in a revision: nobody reads its rows"}},
    {"stray_end_of_data", "SELECT 1;\n\\.\n", {"2:1 \\. is a command of psql, not SQL"}},
    {"meta_commands", "\\set x it's\n\\i a.sql\nSELECT 1 \\g\nSELECT 2;\n  \\connect db\n\\! rm\n",
     {"1:1 \\set is a command of psql, not SQL", "2:1 \\i is a command of psql, not SQL",
      "3:10 \\g is a command of psql, not SQL", "5:3 \\connect is a command of psql, not SQL",
      "6:1 \\! is a command of psql, not SQL"}},
    {"inside_a_statement", "SELECT 'a'\n\\gexec\nSELECT 1;", {"2:1 \\gexec is a command of psql, not SQL"}},
    {"beside_bad_escapes", "SELECT E'\\xff'; \\x\n", {"1:17 \\x is a command of psql, not SQL"}},
    {"several_kinds", "BEGIN;\n\\echo don't\nCOMMIT;\nSELECT 'x\n",
     {"1:1 BEGIN is not allowed in a revision", "2:1 \\echo is a command of psql, not SQL",
      "3:1 COMMIT is not allowed in a revision", "4:8 this quoted string is never closed"}},
};

INSTANTIATE_TEST_SUITE_P(Sql, Refusing, testing::ValuesIn(problem_cases),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(TransactionControl, is_refused_as_the_first_words_of_a_statement) {
  struct Case { const char* sql; const char* refused; };
  const Case cases[] = {
      {"BEGIN", "BEGIN"}, {"begin isolation level serializable", "BEGIN"}, {"BEGIN WORK", "BEGIN"},
      {"START TRANSACTION READ ONLY", "START TRANSACTION"}, {"COMMIT", "COMMIT"}, {"COMMIT AND CHAIN", "COMMIT"},
      {"END", "END"}, {"End Work", "END"}, {"ROLLBACK", "ROLLBACK"}, {"ROLLBACK TRANSACTION", "ROLLBACK"},
      {"ABORT", "ABORT"}, {"PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION"},
      {"COMMIT PREPARED 'x'", "COMMIT PREPARED"}, {"ROLLBACK PREPARED 'x'", "ROLLBACK PREPARED"},
      {"/* c */ COMMIT", "COMMIT"}, {"ROLLBACK TO a", nullptr}, {"ROLLBACK TRANSACTION TO SAVEPOINT a", nullptr},
      {"SAVEPOINT begin", nullptr}, {"RELEASE SAVEPOINT a", nullptr}, {"PREPARE commit AS SELECT 1", nullptr},
      {"SELECT begin FROM commit", nullptr}, {"\"begin\" 1", nullptr}, {"CALL commit()", nullptr},
      {"SET TRANSACTION READ ONLY", nullptr}, {"START_IT", nullptr},
  };
  for (const Case& c : cases) {
    const std::string expected = c.refused == nullptr ? "" : std::string(c.refused) + " is not allowed in a revision";
    const std::vector<std::string> problems = problems_of(std::string(c.sql) + ";");
    EXPECT_EQ(problems.empty() ? "" : problems[0].substr(problems[0].find(' ') + 1), expected) << c.sql;
  }
}

TEST(RunnerLock, may_not_be_released_by_a_body) {
  struct Case { const char* sql; const char* refused; };
  const Case cases[] = {
      {"DISCARD ALL", "DISCARD ALL"}, {"discard /* it */ all", "DISCARD ALL"}, {"DISCARD TEMP", nullptr},
      {"DISCARD PLANS", nullptr}, {"SELECT pg_advisory_unlock_all()", "pg_advisory_unlock_all"},
      {"SELECT 1, pg_catalog.PG_Advisory_Unlock_All ()", "pg_advisory_unlock_all"},
      {"SELECT pg_advisory_unlock(1)", nullptr}, {"SELECT 'pg_advisory_unlock_all()'", nullptr},
      {"SELECT 1 AS pg_advisory_unlock_all", nullptr},
  };
  for (const Case& c : cases) {
    const std::string expected = c.refused == nullptr ? "" : std::string(c.refused) + " is not allowed in a revision";
    const std::vector<std::string> problems = problems_of(std::string(c.sql) + ";");
    EXPECT_EQ(problems.empty() ? "" : problems[0].substr(problems[0].find(' ') + 1), expected) << c.sql;
  }
}

TEST(MetaCommand, comes_with_a_way_out) {
  struct Case { const char* sql; const char* hint; };
  const Case cases[] = {
      {"\\i x.sql", "Put the contents of that file into this one."},
      {"\\copy t from 'x.csv'", "Write COPY ... FROM stdin; with the data in the lines below, ended by a line that "
                                 "holds just \\. (a backslash and a period)."},
      {"SELECT 1 \\gset", "Variables of psql do not exist here; write the values into the SQL."},
      {"SELECT 1 \\gexec", "Write a DO block with EXECUTE, or a C++ revision."},
      {"\\dt", "Remove the line: a revision is sent to the server, which knows only SQL."},
  };
  for (const Case& c : cases) {
    try {
      parse_body("up.sql", c.sql);
      ADD_FAILURE() << c.sql;
    } catch (const Error& error) {
      EXPECT_EQ(error.hint(), c.hint) << c.sql;
      EXPECT_EQ(error.place()->file, "up.sql");
      EXPECT_EQ(error.place()->excerpt, c.sql);
    }
  }
}

TEST(Body, keeps_the_text_when_there_is_nothing_to_leave_out) {
  const std::string sql = "-- a\r\nSELECT 'é'; /* b */\n\nSELECT 2";
  const Body body = parse_body("up.sql", sql);
  EXPECT_EQ(body.text, sql);
  EXPECT_EQ(body.source, "up.sql");
  EXPECT_FALSE(body.empty());
}

TEST(Body, reports_a_bounded_number_of_problems) {
  std::string sql;
  for (int i = 0; i < 5000; ++i) sql += "\\echo it's\n";
  EXPECT_EQ(problems_of(sql).size(), 100u);
}

/// Pieces that are complete whatever stands around them; all but the last hold what must not end a statement.
const std::vector<std::string> pieces{
    "'a;''\\'", "U&';'", "U&\";\"", "E'\\';\\\\'", "E'\\xff'", "\"b;\"\"\"", "$$;'$$", "$t$;$$;\\$t$", "/*;/*'*/*/", "--;'\n", "(;)", "1_000", "0xFF",
    "name", "end", "case", "<@", "'\n\\x\n;'", "$$\nFROM stdin;\n\\.\n$$", "é", ".", "1.5e3"};

TEST(Body, is_cut_the_same_wherever_the_lexer_is_restarted) {
  std::mt19937 random(20240607);   // NOLINT: the same cases in every run
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> expected;
    std::string sql;
    const std::size_t count = random() % 12;
    for (std::size_t s = 0; s < count; ++s) {
      std::string statement = "SELECT ";
      const std::size_t length = random() % (round % 50 == 0 ? 5000 : 12);
      for (std::size_t i = 0; i < length; ++i) statement += pieces[random() % pieces.size()] + (random() % 3 ? ", " : " ,\n");
      statement += "x";
      expected.push_back(statement);
      sql += statement + (random() % 2 ? ";\n" : " ;");
      if (random() % 4 == 0) {
        expected.push_back("COPY t FROM stdin");
        sql += "\nCOPY t FROM stdin;\n" + pieces[random() % 11] + "\n\\.\n";
      }
    }
    ASSERT_EQ(texts_of(parse_body("up.sql", sql)), expected) << sql;
  }
}

TEST(FirstWords, name_the_command) {
  struct Case { const char* sql; const char* name; bool alone; };
  const Case cases[] = {
      {"CREATE TABLE t (a int)", "CREATE TABLE", false},
      {"create unlogged table if not exists t ()", "CREATE TABLE", false},
      {"CREATE OR REPLACE TEMP VIEW v AS SELECT 1", "CREATE VIEW", false},
      {"CREATE UNIQUE INDEX i ON t (a)", "CREATE INDEX", false},
      {"CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX CONCURRENTLY", true},
      {"DROP INDEX CONCURRENTLY IF EXISTS i", "DROP INDEX CONCURRENTLY", true},
      {"CREATE INDEX \"concurrently\" ON t (a)", "CREATE INDEX", false},
      {"REINDEX TABLE CONCURRENTLY t", "REINDEX CONCURRENTLY", true},
      {"REINDEX (VERBOSE, CONCURRENTLY) INDEX i", "REINDEX CONCURRENTLY", true},
      {"REINDEX TABLE t", "REINDEX TABLE", false},
      {"REINDEX SCHEMA s", "REINDEX SCHEMA", true},
      {"VACUUM (ANALYZE) t", "VACUUM", true},
      {"ANALYZE t", "ANALYZE", false},
      {"CREATE DATABASE d", "CREATE DATABASE", true},
      {"ALTER DATABASE d SET timezone = 'UTC'", "ALTER DATABASE", false},
      {"ALTER DATABASE d SET TABLESPACE x", "ALTER DATABASE", true},
      {"DROP TABLESPACE x", "DROP TABLESPACE", true},
      {"ALTER SYSTEM SET a = 1", "ALTER SYSTEM", true},
      {"ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "ALTER TABLE DETACH PARTITION CONCURRENTLY", true},
      {"ALTER TABLE t DETACH PARTITION p FINALIZE", "ALTER TABLE", false},
      {"REFRESH MATERIALIZED VIEW CONCURRENTLY v", "REFRESH MATERIALIZED VIEW CONCURRENTLY", false},
      {"CREATE MATERIALIZED VIEW v AS SELECT 1", "CREATE MATERIALIZED VIEW", false},
      {"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r", "ALTER DEFAULT PRIVILEGES", false},
      {"CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)", "CREATE TEXT SEARCH DICTIONARY", false},
      {"CLUSTER", "CLUSTER", true},
      {"CLUSTER t", "CLUSTER", false},
      {"INSERT INTO t VALUES (1)", "INSERT", false},
      {"(SELECT 1)", "", false},
      {"CREATE", "CREATE", false},
  };
  for (const Case& c : cases) {
    const Body body = parse_body("", c.sql);
    ASSERT_EQ(body.statements.size(), 1u) << c.sql;
    EXPECT_EQ(first_words(body, body.statements[0]), c.name) << c.sql;
    EXPECT_EQ(needs_no_transaction(body, body.statements[0]), c.alone) << c.sql;
  }
}

TEST(Quoting, means_the_same_under_every_setting) {
  EXPECT_EQ(quote_literal("it's"), "'it''s'");
  EXPECT_EQ(quote_literal("a\\b'c"), "E'a\\\\b''c'");
  EXPECT_EQ(quote_literal(""), "''");
  EXPECT_EQ(quote_identifier("a\"b\\"), "\"a\"\"b\\\"");
  EXPECT_THROW(quote_literal(std::string("a\0b", 3)), Error);
  EXPECT_THROW(quote_identifier("\xe9"), Error);
}

}  // namespace
}  // namespace cairn
