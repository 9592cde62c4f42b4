// The server comes while the command waits for it, so it is no transcript.
#include "support/process.hpp"
#include "support/sql_plugin_file.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_database.hpp"
#include "support/test_server.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

class WaitTest : public testing::Test {
 protected:
  WaitTest() {
    write_sql_plugin(directory_.path() / "a.so", {.id = "a1", .up = "CREATE TABLE a ()", .down = "DROP TABLE a"});
    write_sql_plugin(directory_.path() / "b.so", {.id = "b1", .down_revisions = {"a1"}, .up = "CREATE TABLE b ()", .down = "DROP TABLE b"});
  }

  /// Without end: the test decides when what is waited for comes.
  Command cairn(std::vector<std::string> words, const std::string& database) const {
    Command command{.argv = {CAIRN_BINARY, "-d", database, "-p", directory_.path().string()}};
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    return command;
  }

  TemporaryDirectory directory_;
};

TEST_F(WaitTest, ends_when_the_server_accepts_connections) {
  TestServer server;
  server.stop();
  Process process(cairn({"wait", "--timeout", "0"}, server.url("postgres")));
  ASSERT_TRUE(process.await_output("waiting: cannot connect: no server is listening on that socket")) << process.err();
  server.start();
  const Finished done = process.wait();
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.out.find("accepts connections"), std::string::npos) << done.out;
}

TEST_F(WaitTest, ends_when_the_database_is_made) {
  Process process(cairn({"wait", "--timeout", "0"}, TestServer::shared().url("waited_for")));
  ASSERT_TRUE(process.await_output("waiting: cannot connect: database \"waited_for\" does not exist")) << process.err();
  Session(TestServer::shared().conninfo("postgres")).execute("CREATE DATABASE waited_for");
  EXPECT_EQ(process.wait().code, 0);
}

TEST_F(WaitTest, ends_when_another_runner_has_applied_the_target) {
  TestDatabase database;
  Process process(cairn({"wait", "head", "--timeout", "0"}, database.conninfo()));
  ASSERT_TRUE(process.await_output("waiting: the database has not reached head: 2 revisions missing, it is at base")) << process.err();
  ASSERT_EQ(run(cairn({"upgrade", "a1"}, database.conninfo())).code, 0);
  ASSERT_TRUE(process.await_output("1 revision missing, it is at a1")) << process.err();
  ASSERT_EQ(run(cairn({"upgrade", "head"}, database.conninfo())).code, 0);
  const Finished done = process.wait();
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.out.find("has reached head: it is at b1"), std::string::npos) << done.out;
  EXPECT_EQ(database.left_over_backends(), 0);
}

TEST_F(WaitTest, goes_on_when_the_server_goes_away_meanwhile) {
  TestServer server;
  Process process(cairn({"wait", "head", "--timeout", "0"}, server.url("postgres")));
  ASSERT_TRUE(process.await_output("it is at base")) << process.err();
  server.stop();
  ASSERT_TRUE(process.await_output("waiting: cannot connect")) << process.err();
  server.start();
  ASSERT_EQ(run(cairn({"upgrade", "head"}, server.url("postgres"))).code, 0);
  EXPECT_EQ(process.wait().code, 0);
}

TEST_F(WaitTest, can_be_interrupted) {
  Process process(cairn({"wait", "--timeout", "0"}, TestServer::shared().url("never_made")));
  ASSERT_TRUE(process.await_output("waiting: ")) << process.err();
  process.signal(SIGINT);
  EXPECT_EQ(process.wait().code, 130);
}

}  // namespace
}  // namespace cairn::test
