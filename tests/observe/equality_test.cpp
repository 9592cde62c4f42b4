#include "observe/watched_database.hpp"

#include "support/fake_channel.hpp"

#include <gtest/gtest.h>

#include <fmt/core.h>

#include <chrono>
#include <iostream>

namespace cairn::test {
namespace {

/// Everything of an answer, one line for each of its parts.
Lines lines_of(const Reply& reply) {
  Lines lines;
  for (const Result& result : reply.results) {
    std::string line = result.tag;
    for (const std::string& column : result.columns) line += " | " + column;
    for (const auto& row : result.rows)
      for (const Cell& cell : row) line += "\n  " + cell.value_or("NULL");
    lines.push_back(std::move(line));
  }
  if (reply.failure) {
    const ServerFailure& failure = *reply.failure;
    lines.push_back(fmt::format("failure {} at {}: {} | {} | {} | {}", failure.sqlstate, failure.position, failure.message, failure.detail,
                                failure.hint, failure.context));
  }
  if (reply.lost) lines.emplace_back("lost");
  return lines;
}

constexpr const char* setup = "CREATE TABLE t (a int PRIMARY KEY, b text); INSERT INTO t VALUES (1, 'x'), (2, 'y');"
                              "CREATE TABLE child (t int REFERENCES t);"
                              "CREATE TABLE ruled (a int); CREATE RULE r AS ON INSERT TO ruled DO ALSO SELECT 7 AS seven;";

const char* const texts[] = {
    "SELECT 1",
    "",
    "-- nothing\n;;",
    "SELECT 1 AS a, NULL AS b; SELECT a, b FROM t ORDER BY a; -- none\n;; CREATE TABLE x (a int);INSERT INTO x VALUES (1), (2) RETURNING a",
    "INSERT INTO ruled VALUES (1); SELECT 2",
    "CREATE TABLE x (); CREATE TABLE x (); SELECT 1",
    "SELECT 1; SELECT 'é€😀', nowhere; SELECT 2",
    "/* é€😀 */ SELECT 'é€😀'; -- é\n SELECT 'ü' FROM missing",
    "SELECT 1/0",
    "INSERT INTO t VALUES (1, 'again')",
    "DO $$ BEGIN RAISE EXCEPTION 'é' USING DETAIL = 'd', HINT = 'h', ERRCODE = 'XX999'; END $$",
    "DO $$ BEGIN PERFORM nowhere(); END $$",
    "COPY t FROM stdin;\n3\tz\n4\té\n\\.\nSELECT count(*) FROM t; COPY t (a) FROM stdin;\n5\n\\.\nSELECT count(*) FROM t",
    "COPY t FROM stdin;\n3\tz\n\\.\nCOPY t FROM stdin;\nnot a number\tz\n\\.\nSELECT count(*) FROM t",
    "SELECT 'é'; COPY nowhere FROM stdin;\n3\tz\n\\.\nSELECT 1",
    "COPY t FROM stdin; COPY child FROM stdin;\n9\tz\n\\.\n9\n\\.\nTABLE child",
    "SAVEPOINT a; INSERT INTO t VALUES (7, ''); ROLLBACK TO a; SELECT count(*) FROM t; RELEASE a",
    "ALTER TABLE t ADD c int; ALTER TABLE t ALTER c SET NOT NULL; SELECT 1",
    "SET LOCAL search_path = nowhere; SELECT * FROM t",
    "TRUNCATE nowhere",
    "TRUNCATE t",
    "TRUNCATE t, child; TRUNCATE \"T\"",
    "SET ROLE nobody_at_all; SELECT 1",
    "LISTEN c; NOTIFY c, 'x'; UNLISTEN c; SHOW search_path",
    "SELECT set_config('my.x', 'y', true); SHOW my.x",
};

/// Cairn's own texts around: with multi-byte characters, with results, with a failure behind the author's statements.
const std::pair<const char*, const char*> arounds[] = {
    {"BEGIN;\n", "ROLLBACK"},
    {"BEGIN; SELECT 'é€😀'; SET LOCAL lock_timeout = '1s';\n", "RESET ROLE; SELECT 'end'; ROLLBACK; SELECT 1"},
    {"BEGIN;\n", "SELECT 'é', missing; ROLLBACK"},
};

TEST(WatchedChannel, answers_as_if_a_message_had_been_sent_whole) {
  WatchedDatabase database;
  database.execute(setup);
  for (const char* sql : texts) {
    for (const auto& [front, back] : arounds) {
      const MarkedMessage message(front, sql, back);
      const Reply whole = database.connection().exchange(message);
      if (database.connection().in_transaction()) database.execute("ROLLBACK");
      const Reply pieces = database.channel().exchange(message);
      if (database.connection().in_transaction()) database.execute("ROLLBACK");
      EXPECT_EQ(lines_of(pieces), lines_of(whole)) << message.text();
    }
  }
}

/// Found when the server reads the text: in pieces the statements before it are run first.
TEST(WatchedChannel, finds_an_error_of_syntax_at_the_same_place) {
  WatchedDatabase database;
  const MarkedMessage message("BEGIN;\n", "SELECT 'é'; SELEC 1; SELECT 2", "COMMIT");
  const Reply whole = database.connection().exchange(message);
  const Reply pieces = database.channel().exchange(message);
  ASSERT_TRUE(whole.failure && pieces.failure);
  EXPECT_EQ(whole.results.size(), 0u);
  EXPECT_EQ(pieces.results.size(), 2u);
  EXPECT_EQ(pieces.failure->position, whole.failure->position);
  EXPECT_EQ(pieces.failure->message, whole.failure->message);
}

TEST(WatchedChannel, answers_single_statements_with_parameters_and_bounds) {
  WatchedDatabase database;
  Message message{.text = "  SELECT $1::text || '€', missing", .copies = {}, .parameters = std::vector<Cell>{"é"}};
  message.statements = {{.begin = 2, .end = message.text.size(), .place = {}}};
  for (const char* text : {"  SELECT $1::text || '€'", "  SELECT $1::text || '€', missing", "  INSERT INTO t VALUES ($1) RETURNING a"}) {
    message.text = text;
    message.statements[0].end = message.statements[0].own_end = message.text.size();
    for (const std::size_t most : {std::size_t{0}, std::size_t{10}, std::size_t{100'000}}) {
      message.most_answer_bytes = most;
      for (const char* begin : {"SELECT 1", "BEGIN; CREATE TEMP TABLE t (a text)"}) {
        database.execute(begin);
        const Reply whole = database.connection().exchange(message);
        if (database.connection().in_transaction()) database.execute("ROLLBACK");
        database.execute(begin);
        const Reply pieces = database.channel().exchange(message);
        if (database.connection().in_transaction()) database.execute("ROLLBACK");
        EXPECT_EQ(lines_of(pieces), lines_of(whole)) << begin << " " << text << " " << most;
      }
    }
  }
}

TEST(WatchedChannel, passes_messages_without_statements_on_as_they_are) {
  FakeChannel fake;
  WatchedChannel channel(fake);
  channel.exchange({.text = "BEGIN; SELECT 1; COMMIT", .copies = {}, .parameters = std::nullopt});
  EXPECT_EQ(fake.texts(), (Lines{"BEGIN; SELECT 1; COMMIT"}));
  EXPECT_TRUE(channel.take().statements.empty());
}

/// Several statements outside a transaction are one only when they are sent at once.
TEST(WatchedChannel, does_not_cut_what_is_not_in_a_transaction) {
  FakeChannel fake;
  WatchedChannel channel(fake);
  const Reply reply = channel.exchange(MarkedMessage("SET a = 1;", "SELECT 1; SELECT 2", "SELECT 3"));
  EXPECT_EQ(fake.texts(), (Lines{"SET a = 1;", "SELECT 1; SELECT 2\n;\nSELECT 3"}));
  EXPECT_EQ(reply.results.size(), 4u);
}

TEST(WatchedChannel, sends_nothing_behind_a_failure) {
  FakeChannel fake;
  fake.fail("SELECT 2", "XX000");
  WatchedChannel channel(fake);
  const Reply reply = channel.exchange(MarkedMessage("BEGIN;", "SELECT 1; SELECT 2; SELECT 3", "COMMIT"));
  EXPECT_EQ(reply.failure->sqlstate, "XX000");
  EXPECT_FALSE(fake.sent("SELECT 3"));
  EXPECT_FALSE(fake.sent("COMMIT"));
  const StepEffects effects = channel.take();
  ASSERT_EQ(effects.statements.size(), 2u);
  EXPECT_FALSE(effects.statements[0].failed);
  EXPECT_TRUE(effects.statements[1].failed);
}

TEST(WatchedChannel, passes_a_lost_connection_on_wherever_it_is_lost) {
  for (const char* where : {"SELECT 2", "CREATE EVENT TRIGGER", "pg_locks", "DROP EVENT TRIGGER"}) {
    FakeChannel fake;
    fake.lose(where);
    WatchedChannel channel(fake);
    EXPECT_TRUE(channel.exchange(MarkedMessage("BEGIN;", "SELECT 1; SELECT 2", "COMMIT")).lost) << where;
  }
}

/// An interrupt cancels one exchange of a connection: it must not be spent on looking.
TEST(WatchedChannel, passes_a_cancel_on_that_came_while_it_looked) {
  for (const char* where : {"CREATE EVENT TRIGGER", "pg_locks", "DROP EVENT TRIGGER"}) {
    FakeChannel fake;
    fake.fail(where, "57014", "canceling statement due to user request").once();
    WatchedChannel channel(fake);
    const Reply reply = channel.exchange(MarkedMessage("BEGIN;", "SELECT 1", "COMMIT"));
    ASSERT_TRUE(reply.failure) << where;
    EXPECT_EQ(reply.failure->sqlstate, "57014") << where;
    EXPECT_FALSE(fake.sent("COMMIT")) << where;
  }
}

/// What cannot be looked at is only not known.
TEST(WatchedChannel, lets_nothing_fail_that_it_asks_itself) {
  for (const char* where : {"CREATE EVENT TRIGGER", "pg_locks", "DROP EVENT TRIGGER"}) {
    FakeChannel fake;
    fake.fail(where, "42501", "permission denied").once();
    WatchedChannel channel(fake);
    const Reply reply = channel.exchange(MarkedMessage("BEGIN;", "SELECT 1", "COMMIT"));
    EXPECT_FALSE(reply.failure) << where;
    EXPECT_EQ(reply.results.size(), 3u) << where;
    EXPECT_FALSE(channel.take().complete) << where;
  }
}

TEST(WatchedChannel, stops_looking_where_a_step_only_fills_tables) {
  FakeChannel fake;
  WatchedChannel channel(fake);
  std::string sql;
  for (int i = 0; i < 1005; ++i) sql += "SELECT 1;";
  const Reply reply = channel.exchange(MarkedMessage("BEGIN;", sql, "COMMIT"));
  EXPECT_EQ(reply.results.size(), 1007u);
  const StepEffects effects = channel.take();
  EXPECT_EQ(effects.statements.size(), 1000u);
  EXPECT_FALSE(effects.complete);
}

/// What is seen after a statement is what was before the next one. The time is printed, for whoever wants to know it.
TEST(WatchedChannel, looks_once_for_each_statement) {
  WatchedDatabase database;
  std::string schema;
  for (int i = 0; i < 60; ++i)
    schema += fmt::format("CREATE TABLE t{0} (id uuid PRIMARY KEY, parent uuid, name text NOT NULL, amount numeric DEFAULT 0 CHECK (amount >= 0), "
                          "code text UNIQUE, at timestamptz DEFAULT now(), note text, kind text); CREATE INDEX ON t{0} (parent);"
                          "CREATE INDEX ON t{0} (kind); ALTER TABLE t{0} ADD FOREIGN KEY (parent) REFERENCES t{0};", i);
  database.execute(schema);
  constexpr std::size_t count = 50;
  std::string sql;
  for (std::size_t i = 0; i < count; ++i) sql += "SELECT 1;";
  const std::size_t trips = database.channel().round_trips();
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(database.watch(sql).statements.size(), count);
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begun;
  constexpr std::size_t around = 5;   // BEGIN, COMMIT, triggers made and dropped, the first look
  EXPECT_EQ(database.channel().round_trips() - trips, 2 * count + around);
  std::cout << fmt::format("{:.1f} ms for each statement\n", taken.count() / count);
}

}  // namespace
}  // namespace cairn::test
