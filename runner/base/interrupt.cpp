#include "base/interrupt.hpp"

#include "base/error.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>

namespace cairn {

namespace {

std::atomic<int> first_signal{0};
std::atomic<int> signals_seen{0};
// A plain atomic, because a signal handler may not touch a function-local static.
std::atomic<int> event_fd{-1};

static_assert(std::atomic<int>::is_always_lock_free, "the signal handler needs lock-free atomics");

void note_signal(int signal) {
  int none = 0;
  first_signal.compare_exchange_strong(none, signal);
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(event_fd.load(), &one, sizeof one);
}

void restore_default_action() {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

extern "C" void handle_interrupt(int signal) {
  const int saved = errno;
  note_signal(signal);
  if (signals_seen.fetch_add(1) + 1 >= 2) restore_default_action();
  errno = saved;
}

int open_event_fd() {
  const int fd = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (fd < 0) throw Error(Category::internal, "cannot create an eventfd");
  event_fd.store(fd);
  return fd;
}

}  // namespace

int interrupt_fd() {
  static const int fd = open_event_fd();
  return fd;
}

void install_interrupt_handler() {
  interrupt_fd();
  signals_seen.store(0);
  struct sigaction action {};
  action.sa_handler = handle_interrupt;
  action.sa_flags = SA_RESTART;   // poll() returns all the same; other calls need not know
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGINT);
  sigaddset(&action.sa_mask, SIGTERM);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return first_signal.load() != 0; }

int interrupt_signal() { return first_signal.load(); }

bool pause_unless_interrupted(std::chrono::milliseconds pause) {
  pollfd entry{interrupt_fd(), POLLIN, 0};
  ::poll(&entry, 1, static_cast<int>(pause.count()));
  return !interrupted();
}

void raise_interrupt() {
  interrupt_fd();
  note_signal(SIGINT);
}

void clear_interrupt() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t taken = ::read(interrupt_fd(), &count, sizeof count);
  first_signal.store(0);
  signals_seen.store(0);
}

}  // namespace cairn
