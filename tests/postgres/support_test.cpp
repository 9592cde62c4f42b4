// The tools of the other tests: throw-away servers, databases and sessions.
#include "support/test_database.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

TEST(TestDatabase, is_fresh_and_answers) {
  TestDatabase database;
  database.execute("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, NULL), (2, 'x')");
  const Rows expected = {{"1", std::nullopt}, {"2", "x"}};
  EXPECT_EQ(database.query("SELECT * FROM t ORDER BY a"), expected);
  EXPECT_EQ(TestDatabase().value("SELECT to_regclass('t') IS NULL"), "t");
}

TEST(TestDatabase, is_gone_afterwards_even_when_somebody_is_connected) {
  std::string name;
  std::unique_ptr<Session> other;
  {
    TestDatabase database;
    name = database.name();
    other = std::make_unique<Session>(database.conninfo());
  }
  Session session(TestServer::shared().conninfo("postgres"));
  EXPECT_EQ(session.value("SELECT count(*) FROM pg_database WHERE datname = '" + name + "'"), "0");
}

TEST(TestDatabase, counts_the_sessions_of_others) {
  TestDatabase database;
  EXPECT_EQ(database.backends(), 0);
  {
    const Session other(database.conninfo());
    EXPECT_EQ(database.backends(), 1);
  }
  EXPECT_EQ(database.left_over_backends(), 0);
}

TEST(TestDatabase, is_reached_by_its_url_too) {
  TestDatabase database;
  EXPECT_EQ(Session(database.url()).value("SELECT current_database()"), database.name());
}

TEST(TestDatabase, shows_its_schema_the_same_way_each_time) {
  TestDatabase database;
  database.execute("CREATE TABLE kept (a int)");
  EXPECT_EQ(database.dump_schema(), database.dump_schema());
  EXPECT_NE(database.dump_schema().find("CREATE TABLE public.kept"), std::string::npos);
}

TEST(TestDatabase, can_belong_to_an_ordinary_role) {
  Session(TestServer::shared().conninfo("postgres")).execute("CREATE ROLE plain LOGIN");
  TestDatabase database(TestServer::shared(), {.owner = "plain"});
  EXPECT_EQ(database.value("SELECT current_user || current_setting('is_superuser')"), "plainoff");
  EXPECT_NO_THROW(database.execute("CREATE SCHEMA s"));
}

TEST(Session, tells_the_sqlstate_of_a_failure) {
  TestDatabase database;
  try {
    database.execute("SELECT 1/0");
    FAIL() << "the division succeeded";
  } catch (const SessionError& error) {
    EXPECT_EQ(error.sqlstate, "22012");
  }
}

TEST(Session, can_wait_for_another_and_be_cancelled) {
  TestDatabase database;
  Session waiting(database.conninfo());
  database.execute("SELECT pg_advisory_lock(1)");
  waiting.send("SELECT pg_advisory_lock(1)");
  ASSERT_TRUE(becomes(database.session(), "SELECT count(*) FROM pg_locks WHERE NOT granted", "1"));
  waiting.cancel();
  EXPECT_THROW(waiting.finish(), SessionError);
}

TEST(TestServer, stops_and_starts_again_with_its_data) {
  TestServer server;
  Session(server.conninfo("postgres")).execute("CREATE TABLE kept ()");
  server.stop();
  EXPECT_THROW(Session(server.conninfo("postgres")), SessionError);
  server.start();
  EXPECT_EQ(Session(server.conninfo("postgres")).value("SELECT count(*) FROM kept"), "0");
}

TEST(TestServer, can_be_a_read_only_standby) {
  const TestServer primary({.settings = standby_settings()});
  const auto standby = TestServer::standby_of(primary);
  Session session(standby->conninfo("postgres"));
  EXPECT_EQ(session.value("SELECT pg_is_in_recovery()"), "t");
  EXPECT_THROW(session.execute("CREATE TABLE t ()"), SessionError);
}

TEST(TestServer, can_ask_for_a_password) {
  const TestServer server({.authentication = Authentication::password});
  Session(server.conninfo("postgres")).execute("CREATE ROLE guarded LOGIN PASSWORD 'right'");
  const std::string guarded = server.conninfo("postgres", "guarded");
  EXPECT_THROW(Session(guarded + " password=wrong"), SessionError);
  EXPECT_EQ(Session(guarded + " password=right").value("SELECT current_user"), "guarded");
}

TEST(TestServer, reads_access_rules_before_its_own) {
  const TestServer server({.access_rules = {"local all shut reject"}});
  Session(server.conninfo("postgres")).execute("CREATE ROLE shut LOGIN; CREATE ROLE let_in LOGIN");
  EXPECT_THROW(Session(server.conninfo("postgres", "shut")), SessionError);
  EXPECT_NO_THROW(Session(server.conninfo("postgres", "let_in")));
}

TEST(TestServer, takes_settings_over_its_own) {
  const TestServer server({.settings = {{"fsync", "on"}, {"max_connections", "7"}}});
  Session session(server.conninfo("postgres"));
  EXPECT_EQ(session.value("SELECT current_setting('fsync') || current_setting('max_connections')"), "on7");
}

}  // namespace
}  // namespace cairn::test
