#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "postgres/connection_server.hpp"
#include "postgres/runner_lock.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

class RunnerLockTest : public ::testing::Test {
 protected:
  void TearDown() override { clear_interrupt(); }

  static std::unique_ptr<Connection> open(const std::string& name) {
    ConnectOptions options;
    options.application_name = name;
    return open_connection(server_database(), options);
  }

  static LockRequest request(std::string following = "") {
    return {lock_key("public", "alembic_version"), std::chrono::milliseconds(0), std::move(following)};
  }

  Observer nobody_;
  std::unique_ptr<Connection> first_ = open("first runner");
  std::unique_ptr<Connection> second_ = open("second runner");
};

TEST_F(RunnerLockTest, is_had_in_one_round_trip_together_with_the_rows) {
  Reply answers;
  const RunnerLock lock = RunnerLock::acquire(*first_, request("SELECT 7; SELECT 8"), nobody_, &answers);
  ASSERT_EQ(answers.results.size(), 2u);
  EXPECT_EQ(answers.results[1].rows.at(0).at(0), "8");
  EXPECT_EQ(first_->round_trips(), 1u);
}

TEST_F(RunnerLockTest, names_its_holder_to_the_second_runner) {
  const RunnerLock lock = RunnerLock::acquire(*first_, request(), nobody_);
  try {
    RunnerLock::acquire(*second_, request(), nobody_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::lock);
    EXPECT_NE(error.detail().find("pid " + std::to_string(first_->backend_pid())), std::string::npos) << error.detail();
    EXPECT_NE(error.detail().find("\"first runner\""), std::string::npos) << error.detail();
    EXPECT_NE(error.hint().find("--lock-wait"), std::string::npos);
  }
}

TEST_F(RunnerLockTest, is_had_by_the_second_runner_after_its_release) {
  RunnerLock lock = RunnerLock::acquire(*first_, request(), nobody_);
  lock.release();
  EXPECT_NO_THROW(RunnerLock::acquire(*second_, request(), nobody_));
}

TEST_F(RunnerLockTest, ends_with_its_object) {
  { const RunnerLock lock = RunnerLock::acquire(*first_, request(), nobody_); }
  EXPECT_NO_THROW(RunnerLock::acquire(*second_, request(), nobody_));
}

TEST_F(RunnerLockTest, is_given_back_when_the_statements_behind_it_fail) {
  EXPECT_THROW(RunnerLock::acquire(*first_, request("SELECT * FROM nowhere"), nobody_), Error);
  EXPECT_NO_THROW(RunnerLock::acquire(*second_, request(), nobody_));
}

/// The first runner finishes as soon as the second is seen to wait.
class ReleasingObserver : public Observer {
 public:
  explicit ReleasingObserver(RunnerLock& lock) : lock_(lock) {}
  void waiting_for_lock(const std::string& holder) override {
    holders.push_back(holder);
    lock_.release();
  }
  std::vector<std::string> holders;

 private:
  RunnerLock& lock_;
};

TEST_F(RunnerLockTest, is_waited_for_and_then_had) {
  RunnerLock lock = RunnerLock::acquire(*first_, request(), nobody_);
  ReleasingObserver observer(lock);
  LockRequest patient = request();
  patient.wait = std::nullopt;
  EXPECT_NO_THROW(RunnerLock::acquire(*second_, patient, observer));
  EXPECT_EQ(observer.holders.size(), 1u);
}

class InterruptingObserver : public Observer {
 public:
  void waiting_for_lock(const std::string&) override { raise_interrupt(); }
};

TEST_F(RunnerLockTest, stops_waiting_when_interrupted) {
  const RunnerLock lock = RunnerLock::acquire(*first_, request(), nobody_);
  InterruptingObserver observer;
  LockRequest patient = request();
  patient.wait = std::nullopt;
  try {
    RunnerLock::acquire(*second_, patient, observer);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::interrupted);
  }
}

TEST_F(RunnerLockTest, says_when_somebody_else_has_released_it) {
  RunnerLock lock = RunnerLock::acquire(*first_, request(), nobody_);
  first_->exchange({"SELECT pg_advisory_unlock_all()", {}, {}});
  EXPECT_THROW(lock.release(), Error);
}

TEST_F(RunnerLockTest, outlives_a_failed_transaction_and_dies_with_the_connection) {
  RunnerLock lock = RunnerLock::acquire(*first_, request(), nobody_);
  first_->exchange({"BEGIN; SELECT 1/0", {}, {}});
  EXPECT_NO_THROW(lock.release());
  EXPECT_THROW(RunnerLock::acquire(*second_, request(), nobody_), Error);
  first_->close();
  LockRequest patient = request();
  patient.wait = std::nullopt;
  EXPECT_NO_THROW(RunnerLock::acquire(*second_, patient, nobody_));
}

TEST_F(RunnerLockTest, works_with_every_key) {
  for (const std::int64_t key : {std::int64_t{0}, std::int64_t{-1}, INT64_MIN, INT64_MAX}) {
    const LockRequest of_key{key, std::chrono::milliseconds(0), ""};
    const RunnerLock lock = RunnerLock::acquire(*first_, of_key, nobody_);
    const Reply holder = second_->exchange({holder_statement(key), {}, {}});
    ASSERT_FALSE(holder.failure) << holder.failure->message;
    ASSERT_TRUE(parse_holder(holder.results.at(0))) << key;
    EXPECT_EQ(parse_holder(holder.results.at(0))->pid, first_->backend_pid());
  }
}

}  // namespace
}  // namespace cairn::test
