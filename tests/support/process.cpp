#include "support/process.hpp"

#include "support/spawn.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace cairn::test {

namespace {

constexpr std::size_t most_output = std::size_t{64} << 20;

/// Readable once the process has ended. The C library's own wrapper lacks C linkage in Debian 12's header.
FileDescriptor open_pid(pid_t pid) { return FileDescriptor(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))); }

void make_nonblocking(const FileDescriptor& descriptor) {
  if (descriptor) fcntl(descriptor.get(), F_SETFL, fcntl(descriptor.get(), F_GETFL) | O_NONBLOCK);
}

}  // namespace

Process::Process(const Command& command) : terminal_(command.streams == Streams::terminal), input_(command.input) {
  std::signal(SIGPIPE, SIG_IGN);  // a child that does not read its input must not end the test program
  Spawned spawned = spawn(command);
  pid_ = spawned.pid;
  in_ = std::move(spawned.in);
  out_ = std::move(spawned.out);
  err_ = std::move(spawned.err);
  watch_ = open_pid(pid_);
  set_deadline(command.deadline);
  for (const auto* stream : {&in_, &out_, &err_}) make_nonblocking(*stream);
  // A terminal stays open: closing it would hang it up.
  if (input_.empty() && !terminal_) in_.close();
}

Process::~Process() {
  if (getpid() != owner_) return;
  signal_group(SIGKILL);
  if (!reaped_) waitpid(pid_, nullptr, 0);
}

void Process::signal(int number) const {
  if (!reaped_) kill(pid_, number);
}

void Process::signal_group(int number) const { kill(-pid_, number); }

void Process::set_deadline(std::chrono::milliseconds left) { deadline_ = std::chrono::steady_clock::now() + left; }

bool Process::running() {
  pollfd event{watch_.get(), POLLIN, 0};
  if (!reaped_ && poll(&event, 1, 0) == 1) reap();
  return !reaped_;
}

int Process::milliseconds_left() const {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
  return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

void Process::read_available(FileDescriptor& source, std::string& target) {
  char buffer[65536];
  while (source && target.size() < most_output) {
    const ssize_t got = read(source.get(), buffer, sizeof buffer);
    if (got > 0) {
      target.append(buffer, static_cast<std::size_t>(got));
    } else if (got < 0 && errno == EINTR) {
      continue;
    } else if (got < 0 && errno == EAGAIN) {
      return;
    } else {
      source.close();  // end of file; a terminal whose last user is gone says EIO
    }
  }
}

void Process::write_input() {
  if (!in_ || written_ == input_.size()) return;
  const ssize_t wrote = write(in_.get(), input_.data() + written_, input_.size() - written_);
  if (wrote > 0) written_ += static_cast<std::size_t>(wrote);
  const bool refused = wrote < 0 && errno != EAGAIN && errno != EINTR;
  if (refused || (written_ == input_.size() && !terminal_)) in_.close();
}

void Process::reap() {
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  reaped_ = true;
  if (WIFEXITED(status)) finished_.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) finished_.signal = WTERMSIG(status);
  read_available(out_, finished_.out);
  read_available(err_, finished_.err);
  finished_.held_open = out_ || err_;
}

/// Waits for the next event and handles it; false once the command has ended.
bool Process::pump() {
  if (reaped_) return false;
  const bool feeding = in_ && written_ < input_.size();
  pollfd events[] = {{watch_.get(), POLLIN, 0},
                     {out_.get(), POLLIN, 0},
                     {err_.get(), POLLIN, 0},
                     {feeding ? in_.get() : -1, POLLOUT, 0}};
  const int ready = poll(events, 4, milliseconds_left());
  if (ready < 0 && errno != EINTR) throw std::runtime_error("cannot wait for a child");
  const bool flooded = std::max(finished_.out.size(), finished_.err.size()) >= most_output;
  if (ready == 0 || flooded) {
    finished_.timed_out = true;
    signal_group(SIGKILL);
    reap();
    return false;
  }
  read_available(out_, finished_.out);
  read_available(err_, finished_.err);
  if (events[3].revents != 0) write_input();
  if (events[0].revents != 0) reap();
  return !reaped_;
}

bool Process::await_output(std::string_view text) {
  const auto seen = [&] {
    return finished_.out.find(text) != std::string::npos || finished_.err.find(text) != std::string::npos;
  };
  while (!seen()) {
    if (!pump()) return seen();
  }
  return true;
}

Finished Process::wait() {
  while (pump()) {
  }
  return finished_;
}

Finished run(const Command& command) { return Process(command).wait(); }

std::optional<std::filesystem::path> find_program(std::string_view name, std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find(':'), path.size());
    const std::filesystem::path candidate = std::filesystem::path(path.substr(0, end)) / name;
    if (end > 0 && access(candidate.c_str(), X_OK) == 0) return candidate;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return std::nullopt;
}

std::string environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace cairn::test
