#include "authoring/program_output.hpp"

#include "base/file_descriptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace cairn {

namespace {

using Clock = std::chrono::steady_clock;

/// 0 when there is none.
pid_t start(const std::vector<std::string>& words, int output) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int problem = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return problem == 0 ? child : 0;
}

int milliseconds_left(Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  return static_cast<int>(std::max<long long>(0, left.count()));
}

/// It may have closed its output and live on.
bool ends_in_time(pid_t child, Clock::time_point deadline) {
  const FileDescriptor process(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  pollfd wait{process.get(), POLLIN, 0};
  return !process || ::poll(&wait, 1, milliseconds_left(deadline)) > 0;
}

/// False when it takes too long or says too much.
bool read_to_end(int source, Clock::time_point deadline, std::size_t most_output, std::string& output) {
  std::array<char, 4096> piece{};
  while (output.size() <= most_output) {
    const int left = milliseconds_left(deadline);
    if (left == 0) return false;
    pollfd wait{source, POLLIN, 0};
    if (::poll(&wait, 1, left) <= 0) continue;
    const ssize_t got = ::read(source, piece.data(), piece.size());
    if (got == 0) return true;
    if (got < 0 && errno != EINTR) return false;
    if (got > 0) output.append(piece.data(), static_cast<std::size_t>(got));
  }
  return false;
}

}  // namespace

std::optional<std::string> read_program_output(const std::vector<std::string>& words, std::chrono::milliseconds patience,
                                               std::size_t most_output) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  const FileDescriptor source(ends[0]);
  FileDescriptor target(ends[1]);
  const pid_t child = start(words, target.get());
  target.close();
  if (child == 0) return std::nullopt;
  const auto deadline = Clock::now() + patience;
  std::string output;
  const bool ended = read_to_end(source.get(), deadline, most_output, output);
  if (!ended || !ends_in_time(child, deadline)) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const bool well = ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return well ? std::optional(output) : std::nullopt;
}

}  // namespace cairn
