#include "engine/scripted_run.hpp"

#include "support/fake_channel.hpp"

#include <gtest/gtest.h>

#include <fmt/core.h>

#include <algorithm>

namespace cairn::test {
namespace {

using Lines = std::vector<std::string>;

/// "CREATE TABLE b (b/up.sql, line 2, column 3)": what is marked in a message, and where it comes from.
Lines marks_in(const Message& message) {
  Lines lines;
  for (const AuthoredStatement& mark : message.statements) {
    EXPECT_LE(mark.begin, mark.own_begin);
    EXPECT_GE(mark.end, mark.own_end);
    lines.push_back(fmt::format("{} ({}: {}){}", message.text.substr(mark.own_begin, mark.own_end - mark.own_begin),
                                describe(mark.place), mark.place.excerpt, mark.copies_in ? " copies" : ""));
  }
  return lines;
}

class MarksTest : public testing::Test {
 protected:
  Lines marks() const {
    Lines all;
    for (const Message& message : channel_.messages())
      for (std::string& line : marks_in(message)) all.push_back(std::move(line));
    return all;
  }

  FakeChannel channel_;
  ScriptedRun run_{channel_};
};

TEST_F(MarksTest, are_not_there_when_nobody_looks_on) {
  run_.verified("a", "CREATE TABLE a ();", "SELECT 1").sql("b", "VACUUM;", {.transactional = false});
  run_.code("c", [](StepHost& host) { host.query("SELECT 2", {}, call_at("c", 4)); });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(marks(), Lines());
}

TEST_F(MarksTest, name_each_statement_of_files_and_nothing_of_our_own) {
  run_.watched = true;
  run_.verified("a", "-- é\nCREATE TABLE a ();\n\n  INSERT INTO a VALUES (1); COPY a FROM stdin;\n1\n\\.\nSELECT 2",
                "SELECT 1 -- none\n;\nDELETE FROM a");
  run_.sql("b", "DROP TABLE a;");
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(marks(), (Lines{"CREATE TABLE a () (a/up.sql, line 2, column 1: CREATE TABLE a ();)",
                            "INSERT INTO a VALUES (1) (a/up.sql, line 4, column 3:   INSERT INTO a VALUES (1); COPY a FROM stdin;)",
                            "COPY a FROM stdin (a/up.sql, line 4, column 29:   INSERT INTO a VALUES (1); COPY a FROM stdin;) copies",
                            "SELECT 2 (a/up.sql, line 7, column 1: SELECT 2)",
                            "SELECT 1 (a/verify.sql, line 1, column 1: SELECT 1 -- none)",
                            "DELETE FROM a (a/verify.sql, line 3, column 1: DELETE FROM a)",
                            "DROP TABLE a (b/up.sql, line 1, column 1: DROP TABLE a;)"}));
}

TEST_F(MarksTest, go_around_what_wraps_a_verify_query) {
  run_.watched = true;
  run_.verified("a", "SELECT 0;", "SELECT 1; SELECT 2;\nSET x.y = 1;").run();
  const Message& message = channel_.messages().at(0);
  ASSERT_EQ(message.statements.size(), 4u);
  for (const std::size_t i : {1u, 2u}) {
    const AuthoredStatement& mark = message.statements[i];
    const std::string sent = message.text.substr(mark.begin, mark.end - mark.begin);
    EXPECT_TRUE(sent.starts_with("SELECT CAST(") && sent.ends_with("LIMIT 1")) << sent;
  }
  for (const AuthoredStatement& mark : message.statements)
    EXPECT_EQ(message.text.find_first_not_of(" \n", mark.end), message.text.find(';', mark.end));
}

TEST_F(MarksTest, name_the_call_of_code_and_show_what_it_sent) {
  run_.watched = true;
  run_.code("c", [](StepHost& host) {
    host.execute("\nCREATE TABLE c ();\nCREATE TABLE d ();", call_at("c", 3));
    host.query("/* all */ SELECT $1", {Cell("x")}, call_at("c", 4));
    host.savepoint(SavepointAction::begin, call_at("c", 5));
    host.savepoint(SavepointAction::release, call_at("c", 6));
    host.execute("DROP TABLE c", call_at("c", 7));
  });
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(marks(), (Lines{"CREATE TABLE c () (c.cpp, line 3: CREATE TABLE c ();)",
                            "CREATE TABLE d () (c.cpp, line 3: CREATE TABLE d ();)",
                            "SELECT $1 (c.cpp, line 4: /* all */ SELECT $1)", "DROP TABLE c (c.cpp, line 7: DROP TABLE c)"}));
}

TEST_F(MarksTest, name_what_runs_outside_a_transaction) {
  run_.watched = true;
  const Flags bare{.transactional = false};
  run_.sql("a", "VACUUM;\n CREATE INDEX CONCURRENTLY i ON t (a);", bare);
  run_.code("b", [](StepHost& host) {
    host.execute("VACUUM t;\nANALYZE t", call_at("b", 3));
    host.run("DELETE FROM t", {}, call_at("b", 4));
  }, bare);
  EXPECT_EQ(told(run_.run()), "no error");
  EXPECT_EQ(marks(), (Lines{"VACUUM (a/up.sql, line 1, column 1: VACUUM;)",
                            "CREATE INDEX CONCURRENTLY i ON t (a) (a/up.sql, line 2, column 2:  CREATE INDEX CONCURRENTLY i ON t (a);)",
                            "VACUUM t (b.cpp, line 3: VACUUM t;)", "ANALYZE t (b.cpp, line 3: ANALYZE t)",
                            "DELETE FROM t (b.cpp, line 4: DELETE FROM t)"}));
}

/// One line each for 200000 statements: counting lines from the beginning for each would take 20 billion steps.
TEST_F(MarksTest, read_a_long_file_once) {
  run_.watched = true;
  constexpr std::size_t count = 200'000;
  std::string sql;
  for (std::size_t i = 0; i < count; ++i) sql += "SELECT 1;\n";
  Script script(run_.bookkeeping);
  script.add_piece(sql_piece("a", sql));
  const Message message = script.message(Marks::statements);
  ASSERT_EQ(message.statements.size(), count);
  EXPECT_EQ(message.statements.back().place.line, count);
}

}  // namespace
}  // namespace cairn::test
