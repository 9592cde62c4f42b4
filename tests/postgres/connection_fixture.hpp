#pragma once

#include "base/interrupt.hpp"
#include "postgres/connection.hpp"
#include "postgres/connection_server.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace cairn::test {

inline Message text(std::string sql) { return Message{std::move(sql), {}, {}}; }

inline std::string first_cell(const Reply& reply) {
  if (reply.failure) return "failure: " + reply.failure->message;
  return reply.results.at(0).rows.at(0).at(0).value_or("null");
}

inline void expect_usable(Connection& connection) { EXPECT_EQ(first_cell(connection.exchange(text("SELECT 42"))), "42"); }

class ConnectionTest : public ::testing::Test {
 protected:
  void TearDown() override { clear_interrupt(); }

  std::unique_ptr<Connection> connection_ = open_connection(server_database());
};

/// Runs what a person or an administrator does as soon as the backend is at work on something.
inline std::thread when_active(int pid, std::function<void(Connection&)> act) {
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

}  // namespace cairn::test
