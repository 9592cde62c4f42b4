// What a second connection sees while a run waits: needs to be read while the run goes on, so it is no transcript.
#include "support/process.hpp"
#include "support/sql_plugin_file.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace cairn::test {
namespace {

class WatchTest : public testing::Test {
 protected:
  WatchTest() : holder_(std::make_unique<Session>(database_.conninfo())) {
    write_sql_plugin(directory_.path() / "a.so", {.id = "a1", .message = "first", .up = "CREATE TABLE a ()", .down = "DROP TABLE a"});
    write_sql_plugin(directory_.path() / "b.so", {.id = "b1", .down_revisions = {"a1"}, .message = "widen orders",
                                                  .up = "ALTER TABLE orders ADD total int", .down = "SELECT 1"});
    database_.execute("CREATE TABLE orders (id int)");
    holder_->execute("SET application_name = 'report'");
    holder_->execute("BEGIN");
    holder_->execute("LOCK TABLE orders IN ACCESS SHARE MODE");
  }

  /// Waits for locks without end: the test decides when they are free.
  Command upgrade(Streams streams) const {
    return {.argv = {CAIRN_BINARY, "upgrade", "head", "--lock-wait", "0", "-d", database_.conninfo(), "-p", directory_.path().string()},
            .environment = {{"TERM", "xterm"}}, .streams = streams};
  }

  void expect_done(Process& process) {
    holder_->execute("COMMIT");
    const Finished done = process.wait();
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_NE(done.out.find("is at b1 (head)"), std::string::npos) << done.out;
    expect_no_sessions();
  }

  void expect_no_sessions() {
    holder_.reset();
    EXPECT_EQ(database_.left_over_backends(), 0);
  }

  std::string holder() const { return "held by pid " + std::to_string(holder_->backend_pid()) + ", user \"tester\", application \"report\""; }

  TestDatabase database_;
  std::unique_ptr<Session> holder_;
  TemporaryDirectory directory_;
};

TEST_F(WatchTest, tells_on_a_terminal_at_which_revision_of_a_window_the_server_is_and_who_holds_it_up) {
  Process process(upgrade(Streams::error_terminal));
  EXPECT_TRUE(process.await_output("up b1 widen orders (2 of 2), waiting for a lock " + holder().substr(0, 20))) << process.err();
  expect_done(process);
}

TEST_F(WatchTest, names_the_holder_with_each_new_attempt_where_there_is_no_terminal) {
  Process process(upgrade(Streams::pipes));
  EXPECT_TRUE(process.await_output("revision b1 \"widen orders\" failed: canceling statement due to lock timeout; the lock is " + holder())) << process.err();
  expect_done(process);
}

TEST_F(WatchTest, leaves_no_session_behind_when_the_run_is_interrupted) {
  Process process(upgrade(Streams::error_terminal));
  ASSERT_TRUE(process.await_output("waiting for a lock")) << process.err();
  process.signal(SIGINT);
  EXPECT_EQ(process.wait().code, 130);
  expect_no_sessions();
  EXPECT_EQ(database_.value("SELECT version_num FROM alembic_version"), "a1");
}

}  // namespace
}  // namespace cairn::test
