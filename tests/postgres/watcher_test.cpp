#include "postgres/connection_server.hpp"
#include "postgres/watcher.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace cairn::test {
namespace {

TEST(Watcher, sees_who_blocks_whom) {
  const TestDatabase own(connection_server());
  const Database database = parse_database(own.url());
  const auto holder = open_connection(database);
  holder->exchange({"CREATE TABLE watched (a int)", {}, {}});
  holder->exchange({"BEGIN; LOCK TABLE watched; SELECT 'secret'", {}, {}});
  const auto worker = open_connection(database);
  std::thread work([&] {
    worker->exchange(
        {"BEGIN; SET LOCAL application_name = 'cairn 37a0'; ALTER TABLE watched ADD b int; COMMIT", {}, {}});
  });
  std::promise<Sight> seen;
  bool done = false;
  {
    std::future<Sight> sight = seen.get_future();
    const Watcher watcher(database, worker->backend_pid(), [&](const Sight& s) {
      if (done || s.blocker.empty()) return;
      done = true;
      seen.set_value(s);
    }, std::chrono::milliseconds(10));
    const Sight s = sight.get();
    EXPECT_EQ(s.application_name, "cairn 37a0");
    EXPECT_EQ(s.state, "active");
    EXPECT_EQ(s.wait, "Lock: relation");
    EXPECT_NE(s.blocker.find("pid " + std::to_string(holder->backend_pid())), std::string::npos) << s.blocker;
    EXPECT_NE(s.blocker.find("idle in transaction"), std::string::npos) << s.blocker;
    EXPECT_EQ(s.blocker.find("secret"), std::string::npos) << s.blocker;
  }
  holder->exchange({"ROLLBACK", {}, {}});
  work.join();
}

TEST(Watcher, is_silent_without_a_server) {
  const Database nowhere = with(server_database(), "host", "/nonexistent");
  int calls = 0;
  { const Watcher watcher(nowhere, 1, [&](const Sight&) { ++calls; }, std::chrono::milliseconds(0)); }
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace cairn::test
