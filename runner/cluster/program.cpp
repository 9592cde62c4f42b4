#include "cluster/program.hpp"

#include "base/error.hpp"
#include "cluster/pipe.hpp"
#include "cluster/process.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cairn {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t most_input = 32 * 1024;
constexpr std::size_t most_output = 64 * 1024;

[[noreturn]] void run_child(const ExecImage& image, const ServerUser& user, const ChildStreams& streams) noexcept {
  ::setsid();
  settle_child(streams, {});
  if (become(user) == 0) image.exec();
  ::_exit(127);
}

/// Reads until the program closes its end or the deadline passes; false for the latter.
bool read_output(const FileDescriptor& source, Clock::time_point deadline, std::string& output) {
  std::array<char, 4096> chunk;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd wait{source.get(), POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(std::clamp<long long>(left, 0, 60'000)));
    if (ready == 0 && left <= 0) return false;
    if (ready <= 0) continue;
    const ssize_t got = ::read(source.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return true;
    output.append(chunk.data(), static_cast<std::size_t>(got));
    if (output.size() > 2 * most_output) output.erase(0, output.size() - most_output);
  }
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

ProgramResult run_program(const ProgramRun& run, const ServerUser& user) {
  if (run.input.size() > most_input) throw Error(Category::internal, "the input of a helper program is too long");
  const auto deadline = Clock::now() + run.patience;
  const ExecImage image(run.arguments, user);
  Pipe input = open_pipe();
  Pipe output = open_pipe();
  write_all(input.write, run.input);
  const pid_t child = ::fork();
  if (child < 0)
    throw Error(Category::internal, fmt::format("cannot start a process: {}", std::generic_category().message(errno)));
  if (child == 0) run_child(image, user, ChildStreams{input.read.get(), output.write.get()});
  input = Pipe{};
  output.write.close();

  ProgramResult result;
  const bool finished = read_output(output.read, deadline, result.output);
  if (!finished) ::kill(-child, SIGKILL);
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  auto status = wait_for_child(child, std::max(left, std::chrono::milliseconds(2000)));
  if (!status) ::kill(-child, SIGKILL);
  if (!status) status = wait_for_child(child, std::chrono::milliseconds(2000));
  result.exit_code = status ? exit_code_of(*status) : 128 + SIGKILL;
  if (!finished) result.output += fmt::format("\nstopped after {} ms", run.patience.count());
  return result;
}

}  // namespace cairn
