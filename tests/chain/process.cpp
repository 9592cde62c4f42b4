#include "chain/process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <system_error>

namespace cairn::testing {
namespace {

constexpr std::size_t output_limit = 16u << 20u;
constexpr std::chrono::minutes time_limit{2};

/// Both ends are closed at the latest with the object.
struct Pipe {
  std::array<int, 2> ends{-1, -1};

  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close(0);
    close(1);
  }

  void close(std::size_t end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
};

void become(const std::string& user) {
  if (user.empty() || ::geteuid() != 0) return;
  const passwd* entry = ::getpwnam(user.c_str());
  if (entry == nullptr || ::initgroups(user.c_str(), entry->pw_gid) != 0 || ::setgid(entry->pw_gid) != 0 ||
      ::setuid(entry->pw_uid) != 0)
    ::_exit(127);
}

[[noreturn]] void become_command(const Command& command, const Pipe& in, const Pipe& out, const Pipe& err) {
  ::dup2(in.ends[0], 0);
  ::dup2(out.ends[1], 1);
  ::dup2(err.ends[1], 2);
  // The default directory of the tests may be closed to the other user.
  if (!command.user.empty() && ::chdir("/") != 0) ::_exit(127);
  become(command.user);
  for (const auto& [name, value] : command.environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments;
  for (const std::string& argument : command.arguments) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments.front(), arguments.data());
  ::_exit(127);
}

/// False when the other side has closed or more than enough has come.
bool read_some(Pipe& pipe, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t count = ::read(pipe.ends[0], buffer.data(), buffer.size());
  if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
  return (count > 0 || (count < 0 && errno == EINTR)) && text.size() < output_limit;
}

bool write_some(Pipe& pipe, const std::string& text, std::size_t& done) {
  const ssize_t count = ::write(pipe.ends[1], text.data() + done, text.size() - done);
  if (count > 0) done += static_cast<std::size_t>(count);
  return (count >= 0 || errno == EINTR || errno == EAGAIN) && done < text.size();
}

/// Feeds and drains until both outputs are closed. False when a limit was reached.
bool exchange(const std::string& input, Pipe& in, Pipe& out, Pipe& err, Finished& finished) {
  const auto deadline = std::chrono::steady_clock::now() + time_limit;
  std::size_t written = 0;
  if (input.empty()) in.close(1);
  while (out.ends[0] >= 0 || err.ends[0] >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    std::array<pollfd, 3> polled{pollfd{out.ends[0], POLLIN, 0}, pollfd{err.ends[0], POLLIN, 0},
                                 pollfd{in.ends[1], POLLOUT, 0}};
    const int ready = left.count() <= 0 ? 0 : ::poll(polled.data(), polled.size(), static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    if (polled[0].revents != 0 && !read_some(out, finished.out)) out.close(0);
    if (polled[1].revents != 0 && !read_some(err, finished.err)) err.close(0);
    if (polled[2].revents != 0 && !write_some(in, input, written)) in.close(1);
  }
  return finished.out.size() < output_limit && finished.err.size() < output_limit;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Finished run_process(const Command& command) {
  // A child that ends without reading its input must not end us.
  ::signal(SIGPIPE, SIG_IGN);
  Pipe in, out, err;
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) become_command(command, in, out, err);
  in.close(0);
  out.close(1);
  err.close(1);
  // A full pipe must not block us while the child waits for us to read.
  ::fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
  Finished finished;
  if (!exchange(command.input, in, out, err, finished)) ::kill(child, SIGKILL);
  finished.exit_code = wait_for(child);
  return finished;
}

}  // namespace cairn::testing
