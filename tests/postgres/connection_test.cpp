#include "postgres/connection_fixture.hpp"

#include <optional>
#include <vector>

namespace cairn::test {
namespace {

TEST_F(ConnectionTest, sends_many_statements_in_one_round_trip) {
  const Reply reply = connection_->exchange(
      text("CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (1), (NULL); SELECT a, 'x' AS b FROM t"));
  ASSERT_FALSE(reply.failure) << reply.failure->message;
  ASSERT_EQ(reply.results.size(), 3u);
  EXPECT_EQ(reply.results[0].tag, "CREATE TABLE");
  EXPECT_EQ(reply.results[1].tag, "INSERT 0 2");
  EXPECT_EQ(reply.results[2].columns, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(reply.results[2].rows, (std::vector<std::vector<Cell>>{{"1", "x"}, {std::nullopt, "x"}}));
  EXPECT_EQ(connection_->round_trips(), 1u);
}

TEST_F(ConnectionTest, takes_parameters) {
  const Reply reply =
      connection_->exchange({"SELECT $1::int + 1, $2::text", {}, std::vector<Cell>{"41", std::nullopt}});
  ASSERT_FALSE(reply.failure);
  EXPECT_EQ(reply.results.at(0).rows.at(0), (std::vector<Cell>{"42", std::nullopt}));
}

TEST_F(ConnectionTest, keeps_the_results_before_a_failure_and_its_place_in_characters) {
  const Reply reply = connection_->exchange(text("SELECT 'é€😀'; SELECT 'é€', nope"));
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "42703");
  EXPECT_EQ(reply.failure->position, 28u);
  EXPECT_FALSE(reply.lost);
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, knows_about_its_transaction) {
  EXPECT_FALSE(connection_->in_transaction());
  connection_->exchange(text("BEGIN"));
  EXPECT_TRUE(connection_->in_transaction());
  connection_->exchange(text("SELECT 1/0"));
  EXPECT_TRUE(connection_->in_transaction());
  connection_->exchange(text("ROLLBACK"));
  EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(ConnectionTest, answers_an_empty_text_with_an_empty_result) {
  const Reply reply = connection_->exchange(text(""));
  EXPECT_FALSE(reply.failure);
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, refuses_nul_bytes_instead_of_cutting_the_text) {
  const Reply sql = connection_->exchange(text(std::string("SELECT 'é'\0; DROP TABLE t", 26)));
  ASSERT_TRUE(sql.failure);
  EXPECT_EQ(sql.failure->sqlstate, "22021");
  EXPECT_EQ(sql.failure->position, 11u);
  const Reply parameter = connection_->exchange({"SELECT $1::text", {}, std::vector<Cell>{std::string("a\0b", 3)}});
  EXPECT_TRUE(parameter.failure);
  EXPECT_EQ(connection_->round_trips(), 0u);
  expect_usable(*connection_);
}

Message bounded(std::string sql, std::size_t bytes, std::optional<std::vector<Cell>> parameters = {}) {
  return {.text = std::move(sql), .copies = {}, .parameters = std::move(parameters), .most_answer_bytes = bytes};
}

TEST_F(ConnectionTest, brings_an_answer_within_its_bound_as_any_other) {
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{64} << 20U}) {
    const Reply reply = connection_->exchange(bounded("SELECT i AS a, nullif(i, 2) AS b FROM generate_series(1, 3) i", bytes));
    ASSERT_FALSE(reply.failure);
    ASSERT_EQ(reply.results.size(), 1u);
    EXPECT_EQ(reply.results[0].tag, "SELECT 3");
    EXPECT_EQ(reply.results[0].columns, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(reply.results[0].rows, (std::vector<std::vector<Cell>>{{"1", "1"}, {"2", std::nullopt}, {"3", "3"}}));
  }
  EXPECT_EQ(connection_->exchange(bounded("SELECT WHERE false", 100)).results.at(0).tag, "SELECT 0");
  EXPECT_EQ(connection_->exchange(bounded("CREATE TEMP TABLE c (a int)", 100)).results.at(0).tag, "CREATE TABLE");
  EXPECT_EQ(connection_->exchange(bounded("SELECT 1 / (2 - i) FROM generate_series(1, 3) i", 100)).failure->sqlstate, "22012");
}

TEST_F(ConnectionTest, gives_up_an_answer_that_is_larger_than_its_bound) {
  for (const std::optional<std::vector<Cell>>& parameters : {std::optional<std::vector<Cell>>(), {std::vector<Cell>{"7"}}}) {
    const std::string column = parameters ? "$1::int" : "7";
    const Reply reply = connection_->exchange(bounded("SELECT " + column + " FROM generate_series(1, 10000) a, generate_series(1, 10000) b", 21 * 1000, parameters));
    EXPECT_FALSE(reply.lost);
    ASSERT_TRUE(reply.failure);
    EXPECT_EQ(reply.failure->message, "the answer to this query is larger than 64 MiB, the most that code may read at once");
    EXPECT_TRUE(reply.results.empty());
    expect_usable(*connection_);
  }
  EXPECT_FALSE(connection_->exchange(bounded("SELECT 7 FROM generate_series(1, 1000)", 21 * 1000)).failure);
  EXPECT_TRUE(connection_->exchange(bounded("SELECT 7 FROM generate_series(1, 1001)", 21 * 1000)).failure);
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, says_that_it_is_lost_when_the_backend_is_ended) {
  std::thread killer = when_active(connection_->backend_pid(), [pid = connection_->backend_pid()](Connection& other) {
    other.exchange(text("SELECT pg_terminate_backend(" + std::to_string(pid) + ")"));
  });
  const Reply reply = connection_->exchange(text("SELECT 1; SELECT pg_sleep(600)"));
  killer.join();
  EXPECT_TRUE(reply.lost);
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "57P01");
  EXPECT_FALSE(connection_->is_open());
  EXPECT_FALSE(connection_->in_transaction());
  EXPECT_TRUE(connection_->exchange(text("SELECT 1")).lost);
  EXPECT_TRUE(connection_->begin_copy_in("COPY c FROM STDIN").lost);
}

TEST_F(ConnectionTest, is_lost_when_the_backend_was_ended_between_two_exchanges) {
  const auto other = open_connection(server_database());
  other->exchange(text("SELECT pg_terminate_backend(" + std::to_string(connection_->backend_pid()) + ", 10000)"));
  EXPECT_TRUE(connection_->exchange(text("SELECT 1")).lost);
}

TEST_F(ConnectionTest, cancels_the_running_statement_when_interrupted) {
  std::thread person = when_active(connection_->backend_pid(), [](Connection&) {
    raise_interrupt();
    raise_interrupt();
  });
  const Reply reply = connection_->exchange(text("BEGIN; SELECT pg_sleep(600); COMMIT"));
  person.join();
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "57014");
  EXPECT_FALSE(reply.lost);
  EXPECT_TRUE(connection_->interrupted());
  EXPECT_EQ(connection_->exchange(text("ROLLBACK")).results.at(0).tag, "ROLLBACK");
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, cancels_a_long_statement_that_began_after_the_interrupt) {
  raise_interrupt();
  EXPECT_EQ(first_cell(connection_->exchange(text("SELECT 1"))), "1");
  const Reply reply = connection_->exchange(text("SELECT pg_sleep(600)"));
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "57014");
}

TEST_F(ConnectionTest, hands_notices_to_the_callback) {
  std::vector<std::string> told;
  ConnectOptions options;
  options.on_notice = [&](const Notice& n) { told.push_back(n.severity + " " + n.message); };
  const auto connection = open_connection(server_database(), options);
  connection->exchange(text("DROP TABLE IF EXISTS nowhere"));
  EXPECT_EQ(told, std::vector<std::string>{"NOTICE table \"nowhere\" does not exist, skipping"});
}

TEST_F(ConnectionTest, returns_to_its_own_settings_after_reset_all) {
  Database database = server_database();
  database.settings.push_back({"options", "-c work_mem=7MB -c standard_conforming_strings=off"});
  const auto connection = open_connection(database);
  connection->exchange(text("SET work_mem = '9MB'; SET client_connection_check_interval = 0; RESET ALL"));
  struct Case { const char* setting; const char* value; };
  const Case cases[] = {
      {"work_mem", "7MB"},
      {"standard_conforming_strings", "on"},
      {"client_encoding", "UTF8"},
      {"client_connection_check_interval", "500ms"},
      {"default_transaction_isolation", "read committed"},
      {"idle_in_transaction_session_timeout", "10min"},
      {"application_name", "cairn"},
  };
  for (const Case& c : cases)
    EXPECT_EQ(first_cell(connection->exchange(text(std::string("SHOW ") + c.setting))), c.value) << c.setting;
}

TEST_F(ConnectionTest, reports_what_the_server_is) {
  EXPECT_EQ(first_cell(connection_->exchange(text("SELECT pg_backend_pid()"))),
            std::to_string(connection_->backend_pid()));
  EXPECT_EQ(first_cell(connection_->exchange(text("SHOW server_version_num"))),
            std::to_string(connection_->server_version()));
}

}  // namespace
}  // namespace cairn::test
