#include "postgres/connection.hpp"

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/text.hpp"
#include "postgres/connection_server.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace cairn::test {
namespace {

Message text(std::string sql) { return Message{std::move(sql), {}, {}}; }

std::string first_cell(const Reply& reply) {
  if (reply.failure) return "failure: " + reply.failure->message;
  return reply.results.at(0).rows.at(0).at(0).value_or("null");
}

void expect_usable(Connection& connection) { EXPECT_EQ(first_cell(connection.exchange(text("SELECT 42"))), "42"); }

class ConnectionTest : public ::testing::Test {
 protected:
  void TearDown() override { clear_interrupt(); }

  std::unique_ptr<Connection> connection_ = open_connection(server_database());
};

/// Runs what a person or an administrator does as soon as the backend is at work on something.
std::thread when_active(int pid, std::function<void(Connection&)> act) {
  return std::thread([pid, act = std::move(act)] {
    ConnectOptions options;
    options.interrupt_fd = -1;
    const auto observer = open_connection(server_database(), options);
    const std::string question =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event IN ('PgSleep', 'CopyFromRead', 'ClientRead') "
        "AND state = 'active' AND pid = " +
        std::to_string(pid);
    for (int tries = 0; tries < 100000; ++tries)
      if (first_cell(observer->exchange(text(question))) == "1") break;
    act(*observer);
  });
}

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

TEST_F(ConnectionTest, feeds_copy_blocks_in_order_within_one_exchange) {
  const std::string large(std::size_t{3} << 20U, 'x');
  const std::string second = "2\t" + large + "\n";
  const Reply reply =
      connection_->exchange({"CREATE TEMP TABLE c (a int, b text); COPY c FROM STDIN; COPY c FROM STDIN; SELECT "
                             "sum(a), max(length(b)) FROM c",
                             {"1\tone\n", second},
                             {}});
  ASSERT_FALSE(reply.failure) << reply.failure->message;
  ASSERT_EQ(reply.results.size(), 4u);
  EXPECT_EQ(reply.results[1].tag, "COPY 1");
  EXPECT_EQ(reply.results[3].rows.at(0), (std::vector<Cell>{"3", std::to_string(large.size())}));
  EXPECT_EQ(connection_->round_trips(), 1u);
}

TEST_F(ConnectionTest, reports_bad_copy_data) {
  connection_->exchange(text("CREATE TEMP TABLE c (a int)"));
  const Reply reply = connection_->exchange({"COPY c FROM STDIN", {"1\nno number\n"}, {}});
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "22P02");
  EXPECT_NE(reply.failure->context.find("line 2"), std::string::npos);
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, ends_a_copy_that_has_no_data) {
  connection_->exchange(text("CREATE TEMP TABLE c (a int)"));
  const Reply reply = connection_->exchange(text("BEGIN; COPY c FROM STDIN; COMMIT"));
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "0A000");
  EXPECT_EQ(reply.failure->message, "COPY ... FROM STDIN came without data");
  EXPECT_FALSE(reply.lost);
  connection_->exchange(text("ROLLBACK"));
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, ends_a_copy_to_the_client) {
  const Reply reply = connection_->exchange(
      text("BEGIN; COPY (SELECT repeat('x', 1000) FROM generate_series(1, 10000000)) TO STDOUT; COMMIT"));
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "0A000");
  EXPECT_FALSE(reply.lost);
  connection_->exchange(text("ROLLBACK"));
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, does_not_claim_to_know_what_happened_when_a_small_copy_got_through) {
  TestDatabase database(connection_server());
  database.execute("CREATE TABLE through (a int)");
  const auto connection = open_connection(parse_database(database.url()));
  const Reply reply =
      connection->exchange(text("BEGIN; INSERT INTO through VALUES (1); COPY (SELECT 1) TO STDOUT; COMMIT"));
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.lost, database.value("SELECT count(*) FROM through") == "1");
}

TEST_F(ConnectionTest, copies_piece_by_piece) {
  connection_->exchange(text("CREATE TEMP TABLE c (a text)"));
  ASSERT_FALSE(connection_->begin_copy_in("COPY c FROM STDIN").failure);
  EXPECT_TRUE(connection_->exchange(text("SELECT 1")).failure);
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(connection_->write_copy(std::string(5000, 'y') + "\n"));
  const Reply reply = connection_->end_copy_in(std::nullopt);
  ASSERT_FALSE(reply.failure);
  EXPECT_EQ(reply.results.at(0).tag, "COPY 1000");
  EXPECT_EQ(connection_->round_trips(), 3u);
}

TEST_F(ConnectionTest, undoes_a_copy_that_is_ended_with_a_reason) {
  connection_->exchange(text("CREATE TEMP TABLE c (a text)"));
  ASSERT_FALSE(connection_->begin_copy_in("COPY c FROM STDIN").failure);
  EXPECT_TRUE(connection_->write_copy("one\n"));
  const Reply reply = connection_->end_copy_in("the file is damaged");
  ASSERT_TRUE(reply.failure);
  EXPECT_NE(reply.failure->message.find("the file is damaged"), std::string::npos);
  EXPECT_EQ(first_cell(connection_->exchange(text("SELECT count(*) FROM c"))), "0");
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

TEST_F(ConnectionTest, refuses_to_begin_a_copy_with_something_else) {
  EXPECT_EQ(connection_->begin_copy_in("SELECT 1").failure->sqlstate, "0A000");
  EXPECT_EQ(connection_->begin_copy_in("COPY nowhere FROM STDIN").failure->sqlstate, "42P01");
  EXPECT_TRUE(connection_->end_copy_in(std::nullopt).failure);
  expect_usable(*connection_);
}

/// Reads until the end of the data; answers how many bytes came, in how many pieces.
std::pair<std::size_t, std::size_t> read_to_the_end(Connection& connection) {
  std::pair<std::size_t, std::size_t> read;
  for (std::string_view piece = connection.read_copy(); !piece.empty(); piece = connection.read_copy()) {
    EXPECT_LE(piece.size(), most_piece_bytes);
    read.first += piece.size();
    ++read.second;
  }
  return read;
}

TEST_F(ConnectionTest, reads_a_copy_piece_by_piece) {
  ASSERT_FALSE(connection_->begin_copy_out("COPY (SELECT repeat('x', 99) FROM generate_series(1, 10000)) TO STDOUT").failure);
  EXPECT_TRUE(connection_->exchange(text("SELECT 1")).failure);
  EXPECT_EQ(read_to_the_end(*connection_), std::pair(std::size_t{1000000}, std::size_t{16}));
  const Reply reply = connection_->end_copy_out();
  ASSERT_FALSE(reply.failure);
  EXPECT_EQ(reply.results.at(0).tag, "COPY 10000");
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, cuts_a_row_of_a_copy_that_is_larger_than_a_piece) {
  ASSERT_FALSE(connection_->begin_copy_out("COPY (SELECT repeat('x', 1000000)) TO STDOUT").failure);
  EXPECT_EQ(read_to_the_end(*connection_).first, std::size_t{1000001});
  EXPECT_FALSE(connection_->end_copy_out().failure);
}

TEST_F(ConnectionTest, tells_at_the_end_of_a_copy_that_it_failed_half_way) {
  ASSERT_FALSE(connection_->begin_copy_out("COPY (SELECT 1 / (10 - i) FROM generate_series(1, 20) i) TO STDOUT").failure);
  EXPECT_EQ(read_to_the_end(*connection_).first, std::size_t{18});
  const Reply reply = connection_->end_copy_out();
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "22012");
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, stops_a_copy_that_is_ended_before_its_data) {
  connection_->exchange(text("BEGIN"));
  ASSERT_FALSE(connection_->begin_copy_out("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 10000) a, generate_series(1, 10000) b) TO STDOUT").failure);
  EXPECT_EQ(connection_->read_copy().size(), most_piece_bytes);
  const Reply reply = connection_->end_copy_out();
  EXPECT_FALSE(reply.lost);
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "57014");
  EXPECT_EQ(connection_->exchange(text("ROLLBACK")).results.at(0).tag, "ROLLBACK");
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, refuses_to_begin_a_copy_to_the_client_with_something_else) {
  connection_->exchange(text("CREATE TEMP TABLE c (a text)"));
  EXPECT_EQ(connection_->begin_copy_out("SELECT 1").failure->sqlstate, "0A000");
  EXPECT_EQ(connection_->begin_copy_out("COPY nowhere TO STDOUT").failure->sqlstate, "42P01");
  EXPECT_EQ(connection_->begin_copy_out("COPY c FROM STDIN").failure->sqlstate, "0A000");
  EXPECT_EQ(connection_->read_copy(), "");
  EXPECT_TRUE(connection_->end_copy_out().failure);
  expect_usable(*connection_);
}

TEST_F(ConnectionTest, ends_a_copy_that_is_read_when_interrupted) {
  ASSERT_FALSE(connection_->begin_copy_out("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 10000) a, generate_series(1, 10000) b) TO STDOUT").failure);
  EXPECT_FALSE(connection_->read_copy().empty());
  raise_interrupt();
  EXPECT_TRUE(connection_->read_copy().empty());
  const Reply reply = connection_->end_copy_out();
  EXPECT_FALSE(reply.lost);
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "57014");
}

TEST_F(ConnectionTest, is_lost_when_the_backend_ends_while_a_copy_is_read) {
  ASSERT_FALSE(connection_->begin_copy_out("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 10000) a, generate_series(1, 10000) b) TO STDOUT").failure);
  const auto other = open_connection(server_database());
  other->exchange(text("SELECT pg_terminate_backend(" + std::to_string(connection_->backend_pid()) + ", 10000)"));
  read_to_the_end(*connection_);
  EXPECT_TRUE(connection_->end_copy_out().lost);
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

TEST_F(ConnectionTest, ends_an_open_copy_when_interrupted) {
  connection_->exchange(text("CREATE TEMP TABLE c (a text)"));
  ASSERT_FALSE(connection_->begin_copy_in("COPY c FROM STDIN").failure);
  EXPECT_TRUE(connection_->write_copy("one\n"));
  raise_interrupt();
  EXPECT_FALSE(connection_->write_copy("two\n"));
  const Reply reply = connection_->end_copy_in(std::nullopt);
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "57014");
  EXPECT_EQ(first_cell(connection_->exchange(text("SELECT count(*) FROM c"))), "0");
}

TEST_F(ConnectionTest, cancels_a_copy_whose_server_has_stopped_reading) {
  connection_->exchange(
      text("CREATE TEMP TABLE slow (a text); "
           "CREATE FUNCTION pg_temp.wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN "
           "new; END'; "
           "CREATE TRIGGER wait BEFORE INSERT ON slow FOR EACH ROW EXECUTE FUNCTION pg_temp.wait()"));
  std::string data;
  for (int i = 0; i < 1000; ++i) data += std::string(30000, 'z') + "\n";
  std::thread person = when_active(connection_->backend_pid(), [](Connection&) { raise_interrupt(); });
  const Reply reply = connection_->exchange({"COPY slow FROM STDIN", {data}, {}});
  person.join();
  ASSERT_TRUE(reply.failure);
  EXPECT_EQ(reply.failure->sqlstate, "57014");
  EXPECT_FALSE(reply.lost);
  expect_usable(*connection_);
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
