#include "postgres/connection_fixture.hpp"

#include <optional>
#include <utility>

namespace cairn::test {
namespace {

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

}  // namespace
}  // namespace cairn::test
