#include "cluster/janitor.hpp"

#include "base/error.hpp"
#include "cluster/child_report.hpp"
#include "cluster/pipe.hpp"
#include "cluster/process.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cairn {

namespace {

constexpr auto dismissal_patience = std::chrono::seconds(20);

/// All that the janitor needs, laid out before the fork: afterwards it only makes system calls.
struct JanitorPlan {
  const ExecImage& server;
  const ExecImage& removal;
  const ServerUser& user;
  int lifeline;
  int report;
  int lock;
  int log;
};

[[noreturn]] void run_server(const JanitorPlan& plan, pid_t janitor) noexcept {
  const std::array<int, 1> keep{plan.report};
  settle_child(ChildStreams{-1, plan.log}, keep);
  const rlimit no_core{0, 0};   // SIGQUIT before the server has its handlers would leave one
  ::setrlimit(RLIMIT_CORE, &no_core);
  // After the change of user, which clears it; the parent may have died before it was set.
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (::getppid() != janitor) ::_exit(127);
  plan.server.exec();
  fail_child(plan.report, errno);
}

void wait_for_runner(int lifeline) noexcept {
  char byte = 0;
  while (true) {
    const ssize_t got = ::read(lifeline, &byte, 1);
    if (got == 0 || (got < 0 && errno != EINTR)) return;
  }
}

/// An immediate shutdown: nothing on this disk is worth flushing.
void end_server(pid_t server) noexcept {
  const timespec nap{0, 3'000'000};
  ::kill(server, SIGQUIT);
  for (int i = 0; i < 3000; ++i) {
    if (::waitpid(server, nullptr, WNOHANG) != 0) return;
    ::nanosleep(&nap, nullptr);
  }
  ::kill(server, SIGKILL);
  ::waitpid(server, nullptr, 0);
}

[[noreturn]] void run_janitor(const JanitorPlan& plan) noexcept {
  ::setsid();
  std::array<int, 4> keep{plan.lifeline, plan.report, plan.lock, plan.log};
  std::sort(keep.begin(), keep.end());
  settle_child(ChildStreams{}, keep);
  if (const int error = become(plan.user); error != 0) fail_child(plan.report, error);
  const pid_t self = ::getpid();
  const pid_t server = ::fork();
  if (server == 0) run_server(plan, self);
  if (server < 0) fail_child(plan.report, errno);
  write_report(plan.report, ChildReport{server, 0});
  ::close(plan.report);
  wait_for_runner(plan.lifeline);
  end_server(server);
  ::fcntl(plan.lock, F_SETFD, 0);   // a sweep must not interfere before the directory is gone
  plan.removal.exec();
  ::_exit(127);
}

}  // namespace

Janitor::Janitor(const Duty& duty) {
  const ExecImage server(postmaster_arguments(duty.setup), duty.setup.user);
  const ExecImage removal({"/bin/rm", "-rf", "--", duty.directory.string()}, duty.setup.user);
  Pipe lifeline = open_pipe();
  Pipe report = open_pipe();
  const JanitorPlan plan{server, removal, duty.setup.user, lifeline.read.get(), report.write.get(),
                         duty.directory_lock.get(), duty.log.descriptor.get()};
  process_ = ::fork();
  if (process_ < 0)
    throw Error(Category::internal, fmt::format("cannot start a process: {}", std::generic_category().message(errno)));
  if (process_ == 0) run_janitor(plan);
  lifeline_ = std::move(lifeline.write);
  report.write.close();
  try {
    server_ = require_started(report.read, duty.setup.binaries.program("postgres"), duty.setup.user);
  } catch (...) {
    dismiss();
    throw;
  }
}

Janitor::Janitor(Janitor&& other) noexcept
    : lifeline_(std::move(other.lifeline_)),
      process_(std::exchange(other.process_, -1)),
      server_(std::exchange(other.server_, -1)) {}

Janitor& Janitor::operator=(Janitor&& other) noexcept {
  if (this == &other) return *this;
  dismiss();
  lifeline_ = std::move(other.lifeline_);
  process_ = std::exchange(other.process_, -1);
  server_ = std::exchange(other.server_, -1);
  return *this;
}

Janitor::~Janitor() { dismiss(); }

void Janitor::dismiss() noexcept {
  lifeline_.close();
  if (process_ <= 0) return;
  wait_for_child(process_, dismissal_patience);
  process_ = -1;
}

}  // namespace cairn
