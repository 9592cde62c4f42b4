#include "engine/retry.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

using std::chrono::milliseconds;

TEST(Retry, waits_longer_for_locks_with_each_attempt) {
  Retry retry(milliseconds(0));
  std::vector<long> timeouts;
  for (int i = 0; i < 7; ++i) {
    timeouts.push_back(retry.lock_timeout().count());
    ASSERT_TRUE(retry.next());
  }
  EXPECT_EQ(timeouts, (std::vector<long>{100, 200, 400, 800, 1600, 2000, 2000}));
}

TEST(Retry, pauses_within_bounds_that_grow) {
  for (int round = 0; round < 20; ++round) {
    Retry retry(milliseconds(0));
    for (long longest = 100; longest < 20'000; longest *= 2) {
      const auto pause = retry.next();
      ASSERT_TRUE(pause);
      EXPECT_GE(pause->count(), std::min(longest, 5000L) / 2);
      EXPECT_LE(pause->count(), std::min(longest, 5000L));
    }
  }
}

TEST(Retry, ends_within_its_budget) {
  for (const long budget : {1L, 100L, 2000L, 60'000L, 300'000L}) {
    Retry retry{milliseconds(budget)};
    long spent = retry.lock_timeout().count();
    int attempts = 1;
    while (const auto pause = retry.next()) {
      spent += pause->count();
      EXPECT_LE(spent, budget);
      spent += retry.lock_timeout().count();
      ASSERT_LT(++attempts, 1000);
    }
    EXPECT_LE(spent, std::max(budget + 2000, 100L));
  }
}

TEST(Retry, goes_on_for_ever_without_a_budget) {
  Retry retry(milliseconds(0));
  for (int i = 0; i < 10'000; ++i) ASSERT_TRUE(retry.next());
}

TEST(Retry, is_one_long_attempt_for_what_must_not_be_repeated) {
  Retry retry(milliseconds(5000), Repeat::never);
  EXPECT_EQ(retry.lock_timeout(), milliseconds(5000));
  EXPECT_EQ(retry.next(), std::nullopt);
}

}  // namespace
}  // namespace cairn::test
