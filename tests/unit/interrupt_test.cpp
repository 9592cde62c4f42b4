#include "base/interrupt.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <csignal>
#include <cstdlib>

namespace cairn {
namespace {

bool is_readable(int fd) {
  pollfd entry{fd, POLLIN, 0};
  return ::poll(&entry, 1, 0) == 1;
}

TEST(Interrupt, sets_the_flag_and_makes_the_descriptor_readable) {
  install_interrupt_handler();
  clear_interrupt();
  EXPECT_FALSE(interrupted());
  EXPECT_FALSE(is_readable(interrupt_fd()));
  ASSERT_EQ(std::raise(SIGTERM), 0);
  EXPECT_TRUE(interrupted());
  EXPECT_TRUE(is_readable(interrupt_fd()));
  EXPECT_EQ(interrupt_signal(), SIGTERM);
}

TEST(Interrupt, remembers_the_first_signal_only) {
  install_interrupt_handler();
  clear_interrupt();
  std::raise(SIGINT);
  std::raise(SIGTERM);
  EXPECT_EQ(interrupt_signal(), SIGINT);
  clear_interrupt();
  EXPECT_EQ(interrupt_signal(), 0);
  EXPECT_FALSE(is_readable(interrupt_fd()));
}

TEST(Interrupt, lets_the_third_signal_end_the_process) {
  EXPECT_EXIT(
      {
        install_interrupt_handler();
        std::raise(SIGINT);
        std::raise(SIGINT);
        std::raise(SIGINT);
        std::exit(0);
      },
      ::testing::KilledBySignal(SIGINT), "");
}

TEST(Interrupt, can_be_raised_without_a_signal) {
  clear_interrupt();
  raise_interrupt();
  EXPECT_TRUE(interrupted());
  clear_interrupt();
}

}  // namespace
}  // namespace cairn
