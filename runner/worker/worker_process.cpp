#include "worker/worker_process.hpp"

#include "worker/descriptor_passing.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <initializer_list>

namespace cairn {

namespace {

using Clock = Deadlines::Clock;
using std::chrono::milliseconds;

/// How often a death is looked for where the kernel cannot report it.
constexpr int death_check_ms = 100;

/// A process whose end of the wire is closed is normally dying; this long it may take.
constexpr int dying_ms = 1000;

/// More than the pipe can hold, so that one reading takes all; what a child of the worker goes on writing
/// cannot keep us here.
constexpr std::size_t most_output_at_once = std::size_t{1} << 20U;

std::optional<Clock::time_point> earliest(std::initializer_list<std::optional<Clock::time_point>> times) {
  std::optional<Clock::time_point> first;
  for (const auto& time : times)
    if (time && (!first || *time < *first)) first = time;
  return first;
}

/// By number: the declaration in glibc 2.36 lacks the extern "C".
FileDescriptor open_pidfd(pid_t process) { return FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, process, 0))); }

bool passed(const std::optional<Clock::time_point>& time) { return time && *time <= Clock::now(); }

}  // namespace

WorkerProcess::WorkerProcess(const std::string& executable, const std::vector<std::string>& hidden, int interrupt, milliseconds grace)
    : pid_(-1), interrupt_(interrupt), grace_(grace) {
  SpawnedWorker spawned = spawn_worker(executable, hidden);
  pid_ = spawned.pid;
  wire_ = std::move(spawned.wire);
  output_pipe_ = std::move(spawned.output);
  death_ = open_pidfd(pid_);
}

WorkerProcess::~WorkerProcess() {
  if (pid_ > 0) bury();
}

int WorkerProcess::poll_timeout(const Deadlines& deadlines) const {
  const auto first = earliest({deadlines.silence, deadlines.whole, grace_end_});
  const int most = death_ ? -1 : death_check_ms;
  if (!first) return most;
  const auto left = std::chrono::ceil<milliseconds>(*first - Clock::now()).count();
  const int bounded = static_cast<int>(std::clamp<decltype(left)>(left, 0, 1'000'000));
  return most < 0 ? bounded : std::min(bounded, most);
}

std::optional<EndedBy> WorkerProcess::overdue(const Deadlines& deadlines) const {
  if (passed(grace_end_)) return EndedBy::interrupt;
  if (passed(deadlines.whole)) return EndedBy::overtime;
  if (passed(deadlines.silence)) return EndedBy::silence;
  return std::nullopt;
}

void WorkerProcess::note_interrupt() {
  if (!grace_end_) grace_end_ = Clock::now() + grace_;
}

/// Sleeps until something can be done, or the time is up. A descriptor of -1 is skipped by the kernel.
WorkerProcess::Readiness WorkerProcess::poll(short wire_events, const Deadlines& deadlines) {
  std::array<pollfd, 4> watched{pollfd{wire_.get(), wire_events, 0}, pollfd{output_pipe_.get(), POLLIN, 0},
                                pollfd{death_.get(), POLLIN, 0},
                                pollfd{interrupted() ? -1 : interrupt_, POLLIN, 0}};
  if (::poll(watched.data(), watched.size(), poll_timeout(deadlines)) < 0) return {};
  if ((watched[3].revents & POLLIN) != 0) note_interrupt();
  Readiness ready{.wire = watched[0].revents != 0, .output = watched[1].revents != 0, .too_late = {}};
  if (!ready.wire) ready.too_late = overdue(deadlines);
  if (ready.wire && passed(deadlines.whole)) ready.too_late = EndedBy::overtime;
  if (ready.wire && passed(grace_end_)) ready.too_late = EndedBy::interrupt;
  return ready;
}

WorkerEvent WorkerProcess::wait(const Deadlines& deadlines) {
  for (;;) {
    const Readiness ready = poll(POLLIN, deadlines);
    if (ready.output) {
      read_output();
      return OutputReady{};
    }
    try {
      if (auto event = find_event()) return *event;
    } catch (const WireBroken& broken) {
      return stop(EndedBy::broken_wire, broken.what());
    }
    if (ready.too_late) return stop(*ready.too_late);
  }
}

std::optional<WorkerEvent> WorkerProcess::find_event() {
  if (auto frame = receive()) return *frame;
  if (wire_ended_) return wire_closed();
  if (!has_exited()) return std::nullopt;
  if (auto frame = receive()) return *frame;   // came between the two questions
  return bury();
}

/// What has come is read even from a dead worker: its last calls were made before it died.
std::optional<Frame> WorkerProcess::receive() {
  while (!input_.complete()) {
    const std::span<char> room = input_.room();
    const ssize_t got = ::recv(wire_.get(), room.data(), room.size(), MSG_DONTWAIT);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return std::nullopt;
    if (got <= 0) {
      wire_ended_ = true;
      return std::nullopt;
    }
    input_.filled(static_cast<std::size_t>(got));
  }
  return input_.take();
}

void WorkerProcess::send(Opcode opcode, std::string_view payload, const Deadlines& deadlines, int descriptor) {
  const FrameHeader header = make_header(opcode, payload.size());
  for (std::string_view rest : {std::string_view(header.data(), header.size()), payload}) {
    while (!rest.empty()) {
      const ssize_t sent = send_with_descriptor(wire_.get(), rest, descriptor);
      if (sent >= 0) {
        descriptor = -1;
        rest.remove_prefix(static_cast<std::size_t>(sent));
        continue;
      }
      if (errno == EINTR) continue;
      if (errno != EAGAIN) return;
      const Readiness ready = poll(POLLOUT, deadlines);
      if (ready.output) read_output();
      if (ready.too_late || has_exited()) return;
    }
  }
}

void WorkerProcess::read_output() {
  std::array<char, 65536> bytes{};
  for (std::size_t taken = 0; taken < most_output_at_once;) {
    const ssize_t got = ::read(output_pipe_.get(), bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) output_pipe_.close();   // closed by the plugin: a poll on it would never sleep again
    if (got <= 0) return;
    output_.add({bytes.data(), static_cast<std::size_t>(got)});
    taken += static_cast<std::size_t>(got);
  }
}

bool WorkerProcess::has_exited() const {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid_;
}

/// Ends the whole group before the worker is reaped: until then its number cannot belong to anyone else.
WorkerEnding WorkerProcess::bury() {
  ::kill(-pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  read_output();
  output_.finish();
  return make_ending(status);
}

WorkerEnding WorkerProcess::stop(EndedBy by, std::string what) {
  const WorkerEnding ending = bury();
  return WorkerEnding{by, ending.number, std::move(what)};
}

WorkerEnding WorkerProcess::wire_closed() {
  pollfd death{death_.get(), POLLIN, 0};
  const auto end = Clock::now() + milliseconds(dying_ms);
  while (!has_exited() && Clock::now() < end)
    ::poll(&death, 1, death.fd >= 0 ? dying_ms : death_check_ms / 10);
  return has_exited() ? bury() : stop(EndedBy::closed_wire);
}

}  // namespace cairn
