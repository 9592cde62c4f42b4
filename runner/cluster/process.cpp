#include "cluster/process.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cairn {

namespace {

constexpr auto nap = std::chrono::milliseconds(3);

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

void close_range_of(unsigned first, unsigned last) noexcept {
  if (first > last) return;
#ifdef SYS_close_range
  if (::syscall(SYS_close_range, first, last, 0U) == 0) return;
#endif
  for (unsigned fd = first; fd <= std::min(last, 65535U); ++fd) ::close(static_cast<int>(fd));
}

void close_all_but(std::span<const int> keep) noexcept {
  unsigned first = 3;
  for (const int fd : keep) {
    const auto kept = static_cast<unsigned>(fd);
    if (kept > first) close_range_of(first, kept - 1);
    first = std::max(first, kept + 1);
  }
  close_range_of(first, ~0U);
}

void reset_signals() noexcept {
  for (int number = 1; number < 32; ++number) ::signal(number, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// Waits in short naps for a condition that no descriptor announces.
template <class Condition>
bool poll_until(std::chrono::milliseconds patience, Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(nap);
  }
  return true;
}

}  // namespace

ExecImage::ExecImage(std::vector<std::string> arguments, const ServerUser& user)
    : arguments_(std::move(arguments)),
      environment_{"PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin", "LC_ALL=C", "HOME=/",
                   "USER=" + user.name, "LOGNAME=" + user.name},
      argument_pointers_(pointers_to(arguments_)),
      environment_pointers_(pointers_to(environment_)) {}

void ExecImage::exec() const noexcept {
  ::execve(argument_pointers_.front(), argument_pointers_.data(), environment_pointers_.data());
}

void settle_child(const ChildStreams& streams, std::span<const int> keep) noexcept {
  reset_signals();
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(streams.input < 0 ? null : streams.input, STDIN_FILENO);
  ::dup2(streams.output < 0 ? null : streams.output, STDOUT_FILENO);
  ::dup2(STDOUT_FILENO, STDERR_FILENO);
  close_all_but(keep);
  ::umask(077);
  if (::chdir("/") != 0) ::_exit(127);
}

bool is_alive(pid_t process) {
  if (process <= 0 || (::kill(process, 0) != 0 && errno == ESRCH)) return false;
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(file, line, '\0');   // whose reading may fail half-way: the process can end meanwhile
  const std::size_t name_end = line.rfind(')');   // the name itself may hold brackets
  if (name_end == line.npos || name_end + 2 >= line.size()) return ::kill(process, 0) == 0 || errno != ESRCH;
  return line[name_end + 2] != 'Z' && line[name_end + 2] != 'X';
}

bool wait_for_end(pid_t process, std::chrono::milliseconds patience) {
  return poll_until(patience, [process] { return !is_alive(process); });
}

std::optional<int> wait_for_child(pid_t child, std::chrono::milliseconds patience) {
  int status = 0;
  const bool ended = poll_until(patience, [&] {
    const pid_t got = ::waitpid(child, &status, WNOHANG);
    return got == child || (got < 0 && errno != EINTR);
  });
  if (!ended) return std::nullopt;
  return status;
}

}  // namespace cairn
