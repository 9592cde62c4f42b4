#include "worker/worker_ending.hpp"

#include "worker/worker_start.hpp"

#include <fmt/core.h>
#include <sys/wait.h>

#include <cctype>
#include <csignal>

namespace cairn {

namespace {

/// "segmentation fault (SIGSEGV)".
std::string describe_signal(int number) {
  const char* const known = ::sigdescr_np(number);
  const char* const short_name = ::sigabbrev_np(number);
  if (known == nullptr || short_name == nullptr) return fmt::format("signal {}", number);
  std::string description = known;
  description[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(description[0])));
  return fmt::format("{} (SIG{})", description, short_name);
}

std::string seconds(std::chrono::milliseconds time) {
  return fmt::format("{:g} s", static_cast<double>(time.count()) / 1000.0);
}

std::string seconds(const std::optional<std::chrono::milliseconds>& time) {
  return seconds(time.value_or(std::chrono::milliseconds{0}));
}

bool was_stopped(const WorkerEnding& ending) {
  return ending.by == EndedBy::silence || ending.by == EndedBy::overtime || ending.by == EndedBy::interrupt;
}

std::string describe_deed(const WorkerEnding& ending, const WorkerPatience& patience) {
  switch (ending.by) {
    case EndedBy::exit: return fmt::format("called exit({})", ending.number);
    case EndedBy::signal: return "died: " + describe_signal(ending.number);
    case EndedBy::silence:
      return fmt::format("neither returned nor called Cairn for {}", seconds(patience.silence));
    case EndedBy::overtime: return fmt::format("did not return within {}", seconds(patience.whole));
    case EndedBy::interrupt:
      return fmt::format("did not return within {} of the interrupt", seconds(patience.after_interrupt));
    case EndedBy::closed_wire: return fmt::format("closed file descriptor {}, which is Cairn's,", worker_socket);
    case EndedBy::broken_wire:
      return fmt::format("wrote to file descriptor {}, which is Cairn's ({}),", worker_socket, ending.what);
  }
  return "ended";
}

}  // namespace

WorkerEnding make_ending(int wait_status) {
  if (WIFSIGNALED(wait_status)) return {EndedBy::signal, WTERMSIG(wait_status), {}};
  const int status = WEXITSTATUS(wait_status);
  return {status == exit_wire_lost ? EndedBy::closed_wire : EndedBy::exit, status, {}};
}

std::string describe(const WorkerEnding& ending, const WorkerPatience& patience, const std::string& where) {
  return fmt::format("{} {}{}", describe_deed(ending, patience), where, was_stopped(ending) ? ", and was stopped" : "");
}

std::string advise(const WorkerEnding& ending) {
  if (ending.by == EndedBy::signal && ending.number == SIGKILL)
    return "Something outside of Cairn killed it: look for the out-of-memory killer in the kernel's log.";
  if (ending.by == EndedBy::signal) return "Run it in a debugger, with --isolation=none.";
  if (ending.by == EndedBy::exit) return "A revision returns, or reports an error; it does not end the process.";
  if (ending.by == EndedBy::silence || ending.by == EndedBy::overtime)
    return "If it needs that long, give it more with \"--step-timeout SECONDS\" (0: no limit).";
  return {};
}

}  // namespace cairn
