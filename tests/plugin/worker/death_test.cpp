#include "fixture_runners.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace cairn::test {
namespace {

using std::chrono::milliseconds;

bool is_gone(pid_t process) { return ::kill(process, 0) != 0 && errno == ESRCH; }

void expect_no_children() { EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a process was left behind"; }

struct Death {
  const char* behaviour;
  const char* error;
};

const Death deaths[] = {
    {"segfault", "its code died: segmentation fault (SIGSEGV) in upgrade, after 3 host calls"},
    {"abort", "its code died: aborted (SIGABRT) in upgrade, after 1 host call"},
    {"divide", "its code died: floating point exception (SIGFPE) in upgrade, after 1 host call"},
    {"kill", "its code died: killed (SIGKILL) in upgrade, after 1 host call"},
    {"exit(0)", "its code called exit(0) in upgrade, after 1 host call"},
    {"_exit(3)", "its code called exit(3) in upgrade, after 1 host call"},
    {"throw through C", "its code died: aborted (SIGABRT) in upgrade, after 1 host call"},
    {"close wire", "its code closed file descriptor 3, which is Cairn's, in upgrade, after 1 host call"},
    {"damage wire",
     "its code wrote to file descriptor 3, which is Cairn's (a frame with unknown flags), in upgrade, after 1 host call"},
    {"unknown frame",
     "its code wrote to file descriptor 3, which is Cairn's (a frame of unknown kind 99), in upgrade, after 1 host call"},
    {"die in copy", "its code died: aborted (SIGABRT) in upgrade, after 2 host calls"},
    {"loop", "its code neither returned nor called Cairn for 0.2 s in upgrade, after 2 host calls, and was stopped"},
    {"ignore signals and loop",
     "its code neither returned nor called Cairn for 0.2 s in upgrade, after 2 host calls, and was stopped"},
};

TEST(Death, is_named_and_the_next_step_runs) {
  WorkerPatience patience;
  patience.silence = milliseconds(200);
  auto runner = worker_runner(fixture_libraries({"behaviours"}), patience);
  for (const Death& row : deaths) {
    SCOPED_TRACE(row.behaviour);
    RecordingHost host;
    behave(*runner, host, "succeed");
    ASSERT_TRUE(runner->worker());
    const pid_t worker = *runner->worker();
    const StepEnd end = behave(*runner, host, row.behaviour);
    EXPECT_EQ(message_of(end), row.error);
    EXPECT_TRUE(end.died);
    EXPECT_TRUE(is_gone(worker));
    EXPECT_EQ(message_of(behave(*runner, host, "succeed")), "no error");
  }
  runner.reset();
  expect_no_children();
}

TEST(Death, passes_on_every_call_made_before_it) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  behave(*runner, host, "segfault");
  EXPECT_EQ(host.calls, (std::vector<std::string>{"execute one at fixture.cpp, line 1",
                                                  "execute two at fixture.cpp, line 1"}));
}

TEST(Death, names_downgrade_and_verify) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  EXPECT_EQ(message_of(behave(*runner, host, "abort", Direction::down)),
            "its code died: aborted (SIGABRT) in downgrade, after 1 host call");
  host.variables["verify"] = "abort";
  EXPECT_EQ(message_of(behave(*runner, host, "succeed")),
            "its code died: aborted (SIGABRT) in verify, after 2 host calls");
}

TEST(Death, ends_the_copy_the_code_was_in) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  behave(*runner, host, "die in copy");
  EXPECT_EQ(host.calls.back(), "end copy: the step ended inside of this COPY");
}

TEST(Death, ends_the_copy_the_code_was_reading) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  host.copy_out_bytes = 1;
  EXPECT_EQ(message_of(behave(*runner, host, "die in copy out")),
            "its code died: aborted (SIGABRT) in upgrade, after 2 host calls");
  EXPECT_EQ(host.calls.back(), "end copy out");
}

TEST(Death, keeps_the_last_words) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  const StepEnd end = behave(*runner, host, "last words");
  ASSERT_TRUE(end.error);
  EXPECT_EQ(end.error->detail(), "It last wrote: it was the butler");
  const StepEnd thrown = behave(*runner, host, "throw through C");
  ASSERT_TRUE(thrown.error);
  EXPECT_NE(thrown.error->detail().find("what():  boom"), std::string::npos) << thrown.error->detail();
}

TEST(Death, by_overtime_comes_also_to_code_that_keeps_calling) {
  WorkerPatience patience;
  patience.whole = milliseconds(200);
  const auto runner = worker_runner(fixture_libraries({"behaviours"}), patience);
  RecordingHost host;
  const StepEnd end = behave(*runner, host, "loop logging");
  EXPECT_TRUE(message_of(end).starts_with("its code did not return within 0.2 s in upgrade, after "));
  EXPECT_TRUE(message_of(end).ends_with(" host calls, and was stopped"));
  EXPECT_TRUE(end.died);
}

/// Makes orphans of whatever a child of this process leaves behind our children.
class Subreaper {
 public:
  Subreaper() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }
  ~Subreaper() { ::prctl(PR_SET_CHILD_SUBREAPER, 0); }
};

int wait_signal_of(pid_t process) {
  int status = 0;
  if (::waitpid(process, &status, 0) != process) return -1;
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

TEST(Death, takes_along_the_processes_the_code_had_started) {
  const Subreaper subreaper;
  auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  const StepEnd end = behave(*runner, host, "leave child");
  EXPECT_TRUE(end.died);
  ASSERT_EQ(host.logs.size(), 1U);
  EXPECT_EQ(wait_signal_of(static_cast<pid_t>(std::strtol(host.logs[0].c_str(), nullptr, 10))), SIGKILL);
  runner.reset();
  expect_no_children();
}

TEST(Death, of_the_runner_ends_the_worker) {
  const Subreaper subreaper;
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  const pid_t runner_process = ::fork();
  if (runner_process == 0) {
    const auto runner = worker_runner(fixture_libraries({"behaviours"}));
    RecordingHost host;
    host.on_log = [&](const std::string&) {
      const pid_t worker = *runner->worker();
      if (::write(pipe[1], &worker, sizeof worker) != sizeof worker) ::_exit(1);
    };
    behave(*runner, host, "loop");
    ::_exit(1);
  }
  pid_t worker = 0;
  ASSERT_EQ(::read(pipe[0], &worker, sizeof worker), static_cast<ssize_t>(sizeof worker));
  ::kill(runner_process, SIGKILL);
  EXPECT_EQ(wait_signal_of(runner_process), SIGKILL);
  EXPECT_EQ(wait_signal_of(worker), SIGKILL);
  ::close(pipe[0]);
  ::close(pipe[1]);
}

class Interrupt : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(::pipe2(pipe_.data(), O_CLOEXEC), 0); }
  void TearDown() override {
    ::close(pipe_[0]);
    ::close(pipe_[1]);
  }
  void press() { ASSERT_EQ(::write(pipe_[1], "c", 1), 1); }
  int descriptor() const { return pipe_[0]; }

 private:
  std::array<int, 2> pipe_{};
};

TEST_F(Interrupt, is_told_to_code_that_asks) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}), {}, descriptor());
  RecordingHost host;
  press();
  const StepEnd end = behave(*runner, host, "wait for cancel");
  EXPECT_EQ(message_of(end), "stopped as asked");
  EXPECT_FALSE(end.died);
}

TEST_F(Interrupt, stops_code_that_does_not_ask_after_a_grace) {
  WorkerPatience patience;
  patience.after_interrupt = milliseconds(100);
  const auto runner = worker_runner(fixture_libraries({"behaviours"}), patience, descriptor());
  RecordingHost host;
  host.on_log = [this](const std::string&) { press(); };
  const StepEnd end = behave(*runner, host, "loop");
  EXPECT_EQ(message_of(end),
            "its code did not return within 0.1 s of the interrupt in upgrade, after 2 host calls, and was stopped");
  EXPECT_TRUE(end.died);
  EXPECT_EQ(end.error->category(), Category::interrupted);
}

TEST(Worker, shows_what_the_code_writes_as_log_lines) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  EXPECT_EQ(message_of(behave(*runner, host, "noise")), "no error");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(host.logs, (std::vector<std::string>{"behaviours wrote: on stdout", "behaviours wrote: on stderr ?[31m",
                                                 "behaviours wrote: unfinished"}));
}

TEST(Worker, bounds_what_it_shows_of_much_noise) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  EXPECT_EQ(message_of(behave(*runner, host, "much noise")), "no error");
  EXPECT_LT(host.logs.size(), 80U);
  EXPECT_NE(host.logs.back().find("bytes more, which are not shown"), std::string::npos);
}

TEST(Worker, goes_on_when_the_code_closes_its_output) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  EXPECT_EQ(message_of(behave(*runner, host, "close output")), "no error");
  EXPECT_EQ(host.calls.size(), 1U);
}

TEST(Worker, contains_a_thread_that_calls_on_after_the_step) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  EXPECT_EQ(message_of(behave(*runner, host, "call after return")), "no error");
  while (host.logs.empty()) ASSERT_EQ(message_of(behave(*runner, host, "succeed")), "no error");
  EXPECT_EQ(host.calls, std::vector<std::string>{});
}

TEST(Worker, knows_nothing_of_the_database_and_has_no_other_descriptor) {
  ::setenv("PGPASSWORD", "secret", 1);
  ::setenv("DATABASE_URL", "postgres://u:secret@h/d", 1);
  ::setenv("CAIRN_FIXTURE_SECRET", "secret", 1);
  ::setenv("CAIRN_FIXTURE_KEPT", "1", 1);
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &term, nullptr);
  const int open_descriptor = ::dup(STDOUT_FILENO);
  const auto runner = worker_runner(fixture_libraries({"behaviours"}), {}, -1, {"CAIRN_FIXTURE_SECRET"});
  RecordingHost host;
  behave(*runner, host, "surroundings");
  // 4 is the copy of the library itself.
  EXPECT_EQ(host.logs, std::vector<std::string>{"no no no yes 01234 free"});
  ::close(open_descriptor);
  ::pthread_sigmask(SIG_UNBLOCK, &term, nullptr);
}

long resident_kilobytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(Worker, streams_64_mebibytes_in_bounded_memory) {
  constexpr long most_kilobytes = 16 * 1024;
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  for (const char* const behaviour : {"stream large", "stream small"}) {
    RecordingHost host;
    const long before = resident_kilobytes();
    EXPECT_EQ(message_of(behave(*runner, host, behaviour)), "no error");
    EXPECT_EQ(host.copied_bytes, std::size_t{64} << 20U);
    EXPECT_LT(resident_kilobytes() - before, most_kilobytes);
    ASSERT_EQ(host.logs.size(), 1U);
    EXPECT_LT(std::strtol(host.logs[0].c_str(), nullptr, 10), most_kilobytes);
  }
}

TEST(Worker, reads_64_mebibytes_in_bounded_memory) {
#ifdef __SANITIZE_ADDRESS__
  constexpr long most_kilobytes = 512 * 1024;   // it keeps what was freed, up to a bound of its own
#else
  constexpr long most_kilobytes = 16 * 1024;
#endif
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  host.copy_out_bytes = std::size_t{64} << 20U;
  const long before = resident_kilobytes();
  EXPECT_EQ(message_of(behave(*runner, host, "read stream")), "no error");
  EXPECT_LT(resident_kilobytes() - before, most_kilobytes);
  ASSERT_EQ(host.logs.size(), 2U);
  EXPECT_EQ(host.logs[0], "67108864");
  EXPECT_LT(std::strtol(host.logs[1].c_str(), nullptr, 10), most_kilobytes);
}

TEST(Worker, refuses_a_statement_beyond_the_largest_frame) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  const StepEnd end = behave(*runner, host, "send too much");
  ASSERT_TRUE(end.error && end.error->place());
  EXPECT_NE(end.error->message().find("a revision may send at most 67108864"), std::string::npos);
  EXPECT_EQ(describe(*end.error->place()), "fixture.cpp, line 9");
  EXPECT_FALSE(end.died);
}

struct Answer {
  std::size_t rows;
  std::size_t row_bytes;
  const char* log;
  const char* error;
};

const Answer answers[] = {
    {0, 0, "0", "no error"},
    {200'000, 100, "20000000", "no error"},
    {60, std::size_t{1} << 20U, "62914560", "no error"},
};

TEST(Worker, brings_large_answers_whole) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  for (const Answer& row : answers) {
    RecordingHost host;
    host.rows = row.rows;
    host.row_bytes = row.row_bytes;
    EXPECT_EQ(message_of(behave(*runner, host, "read much")), row.error);
    EXPECT_EQ(host.logs, std::vector<std::string>{row.log});
  }
}

TEST(Worker, refuses_an_answer_beyond_the_largest_frame) {
  const auto runner = worker_runner(fixture_libraries({"behaviours"}));
  RecordingHost host;
  host.rows = 65;
  host.row_bytes = std::size_t{1} << 20U;
  const StepEnd end = behave(*runner, host, "read much");
  EXPECT_NE(message_of(end).find("a revision may read at most 67108864"), std::string::npos);
  EXPECT_FALSE(end.died);
}

}  // namespace
}  // namespace cairn::test
