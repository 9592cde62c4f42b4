#include "smoke/deadline.hpp"

#include "base/error.hpp"
#include "base/interrupt.hpp"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>

namespace cairn {

namespace {

void add(int epoll, int fd) {
  epoll_event event{};
  event.events = EPOLLIN;
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) throw Error(Category::internal, "a deadline cannot be watched for");
}

bool is_readable(int fd) {
  pollfd entry{fd, POLLIN, 0};
  return ::poll(&entry, 1, 0) > 0;
}

}  // namespace

Deadline::Deadline() : timer_(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)), either_(epoll_create1(EPOLL_CLOEXEC)) {
  if (!timer_ || !either_) throw Error(Category::internal, "no descriptor for a deadline can be made");
  add(either_.get(), timer_.get());
  add(either_.get(), interrupt_fd());
}

void Deadline::begin(std::chrono::milliseconds time) {
  itimerspec at{};
  at.it_value.tv_sec = static_cast<time_t>(time.count() / 1000);
  at.it_value.tv_nsec = static_cast<long>(time.count() % 1000) * 1'000'000;
  timerfd_settime(timer_.get(), 0, &at, nullptr);   // arms it anew, or with zero takes it back
}

bool Deadline::passed() const { return is_readable(timer_.get()); }

bool Deadline::reached() const { return passed() || interrupted(); }

}  // namespace cairn
