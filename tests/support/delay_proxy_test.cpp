#include "support/delay_proxy.hpp"

#include "support/test_database.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

class DelayProxyTest : public testing::Test {
 protected:
  std::string through(const DelayProxy& proxy) { return proxy.conninfo(database_.name(), superuser); }

  TestDatabase database_;
};

TEST_F(DelayProxyTest, passes_everything_on_and_counts_turnarounds) {
  const DelayProxy proxy(database_.server().socket_path());
  {
    Session session(through(proxy));
    EXPECT_EQ(session.value("SELECT repeat('x', 1000000)").size(), 1'000'000u);
    session.execute("SELECT 1; SELECT 2; SELECT 3");
    EXPECT_EQ(proxy.turnarounds(), 3u);
  }
  EXPECT_EQ(database_.left_over_backends(), 0);
  EXPECT_EQ(proxy.turnarounds(), 4u) << "the last is Terminate";
  EXPECT_EQ(proxy.connections(), 1u);
}

TEST_F(DelayProxyTest, makes_each_round_trip_at_least_that_long) {
  const DelayProxy proxy(database_.server().socket_path(), milliseconds(20));
  Session session(through(proxy));
  const auto begin = steady_clock::now();
  for (int trip = 0; trip < 5; ++trip) session.execute("SELECT 1");
  EXPECT_GE(steady_clock::now() - begin, milliseconds(100));
}

TEST_F(DelayProxyTest, cuts_on_demand) {
  DelayProxy proxy(database_.server().socket_path());
  Session session(through(proxy));
  session.execute("SELECT 1");
  proxy.cut();
  EXPECT_THROW(session.execute("SELECT 1"), SessionError);
  EXPECT_EQ(Session(through(proxy)).value("SELECT 2"), "2");
}

TEST_F(DelayProxyTest, cuts_before_a_message_is_complete) {
  DelayProxy proxy(database_.server().socket_path());
  Session session(through(proxy));
  proxy.cut_after_bytes_to_server(40);
  EXPECT_THROW(session.execute("CREATE TABLE never (" + std::string(100, ' ') + ")"), SessionError);
  EXPECT_EQ(database_.left_over_backends(), 0);
  EXPECT_EQ(database_.value("SELECT to_regclass('never') IS NULL"), "t");
  EXPECT_EQ(Session(through(proxy)).value("SELECT 3"), "3") << "a client can come back";
}

TEST_F(DelayProxyTest, cuts_the_answer_of_a_commit) {
  DelayProxy proxy(database_.server().socket_path());
  Session session(through(proxy));
  proxy.cut_after_bytes_to_client(0);
  EXPECT_THROW(session.execute("BEGIN; CREATE TABLE done (); COMMIT"), SessionError);
  EXPECT_EQ(database_.value("SELECT to_regclass('done') IS NOT NULL"), "t");
}

TEST_F(DelayProxyTest, refuses_connections_when_told) {
  DelayProxy proxy(database_.server().socket_path());
  proxy.refuse(true);
  EXPECT_THROW(Session{through(proxy)}, SessionError);
  proxy.refuse(false);
  EXPECT_EQ(Session(through(proxy)).value("SELECT 1"), "1");
}

TEST_F(DelayProxyTest, is_reached_by_its_url) {
  const DelayProxy proxy(database_.server().socket_path());
  EXPECT_EQ(Session(proxy.url(database_.name(), superuser)).value("SELECT 1"), "1");
}

}  // namespace
}  // namespace cairn::test
