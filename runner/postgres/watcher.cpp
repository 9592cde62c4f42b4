#include "postgres/watcher.hpp"

#include "base/error.hpp"
#include "postgres/sight.hpp"
#include "postgres/connection.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <utility>

namespace cairn {

namespace {

FileDescriptor open_stop() {
  FileDescriptor stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!stop) throw Error(Category::internal, "cannot create an eventfd");
  return stop;
}

/// Signals belong to the main thread, which starts this one.
std::thread start_without_signals(std::function<void()> body) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread(std::move(body));
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

}  // namespace

Watcher::Watcher(Database database, int backend_pid, std::function<void(const Sight&)> on_sight,
                 std::chrono::milliseconds interval)
    : database_(std::move(database)),
      backend_pid_(backend_pid),
      on_sight_(std::move(on_sight)),
      interval_(interval),
      stop_(open_stop()),
      thread_(start_without_signals([this] { run(); })) {}

Watcher::~Watcher() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(stop_.get(), &one, sizeof one);
  thread_.join();
}

/// False when it is time to end.
bool Watcher::pause() const {
  pollfd entry{stop_.get(), POLLIN, 0};
  return ::poll(&entry, 1, static_cast<int>(interval_.count())) == 0;
}

void Watcher::run() {
  try {
    if (!pause()) return;
    ConnectOptions options;
    options.application_name = "cairn watcher";
    options.search_path = "pg_catalog, pg_temp";
    options.interrupt_fd = stop_.get();
    const auto connection = open_connection(database_, options);
    do {
      const Reply reply = connection->exchange(Message{sight_statement(backend_pid_.load()), {}, {}});
      if (reply.failure) return;
      if (const auto sight = parse_sight(reply)) on_sight_(*sight);
    } while (pause());
  } catch (...) {   // nobody waits for this thread's opinion
  }
}

}  // namespace cairn
