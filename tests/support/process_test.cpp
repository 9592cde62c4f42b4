#include "support/process.hpp"

#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

using std::chrono::milliseconds;

Command shell(const std::string& script) { return {.argv = {"sh", "-c", script}}; }

TEST(Process, tells_streams_and_exit_code_apart) {
  const Finished done = run(shell("echo out; echo err >&2; exit 9"));
  EXPECT_EQ(done.out, "out\n");
  EXPECT_EQ(done.err, "err\n");
  EXPECT_EQ(done.code, 9);
  EXPECT_EQ(done.signal, 0);
}

TEST(Process, feeds_and_reads_more_than_a_pipe_holds) {
  Command command{.argv = {"cat"}};
  command.input.assign(1'000'000, 'x');
  EXPECT_EQ(run(command).out, command.input);
}

TEST(Process, changes_the_environment_and_the_directory) {
  Command command = shell("echo ${HOME-none} $ADDED; pwd");
  command.environment = {{"HOME", std::nullopt}, {"ADDED", "yes"}};
  command.directory = "/usr";
  EXPECT_EQ(run(command).out, "none yes\n/usr\n");
}

TEST(Process, tells_the_signal_that_ended_it) {
  const Finished done = run(shell("kill -SEGV $$"));
  EXPECT_EQ(done.code, -1);
  EXPECT_EQ(done.signal, SIGSEGV);
}

TEST(Process, kills_the_whole_group_at_the_deadline) {
  Command command = shell("sleep 1000 & echo $!; wait");
  command.deadline = milliseconds(200);
  const Finished done = run(command);
  EXPECT_TRUE(done.timed_out);
  EXPECT_EQ(done.signal, SIGKILL);
}

TEST(Process, does_not_wait_for_descendants_that_keep_the_pipes) {
  Process process(shell("setsid sleep 1000 & echo $!"));
  const Finished done = process.wait();
  EXPECT_FALSE(done.timed_out);
  EXPECT_TRUE(done.held_open);
  kill(std::stoi(done.out), SIGKILL);
  EXPECT_FALSE(run(shell("setsid sleep 0 > /dev/null 2>&1")).held_open);
}

TEST(Process, can_be_awaited_and_interrupted) {
  Process process(shell("trap 'echo caught; exit 130' INT; echo ready; while :; do sleep 0.01; done"));
  ASSERT_TRUE(process.await_output("ready"));
  process.signal(SIGINT);
  const Finished done = process.wait();
  EXPECT_EQ(done.out, "ready\ncaught\n");
  EXPECT_EQ(done.code, 130);
}

TEST(Process, says_which_program_is_missing) {
  for (const char* name : {"no-such-program", "/no/such/program"}) {
    try {
      run({.argv = {name}});
      FAIL() << name << " ran";
    } catch (const std::runtime_error& error) {
      EXPECT_NE(std::string(error.what()).find(name), std::string::npos);
    }
  }
}

TEST(Process, writes_both_streams_to_a_file_when_told) {
  const TemporaryDirectory directory;
  Command command = shell("echo out; echo err >&2");
  command.output_file = directory.path() / "log";
  EXPECT_EQ(run(command).out, "");
  EXPECT_EQ(run({.argv = {"cat", command.output_file.string()}}).out, "out\nerr\n");
}

struct TerminalCase {
  const char* name;
  Streams streams;
  const char* out;
  const char* err;
};

TEST(Process, connects_terminals_where_told) {
  const char* script =
      "for n in 0 1 2; do test -t $n && printf yes || printf no; done; echo; test -t 2 && echo seen >&2; :";
  const TerminalCase cases[] = {
      {"pipes", Streams::pipes, "nonono\n", ""},
      {"terminal", Streams::terminal, "yesyesyes\nseen\n", ""},
      {"error terminal", Streams::error_terminal, "nonoyes\n", "seen\n"},
  };
  for (const TerminalCase& row : cases) {
    Command command = shell(script);
    command.streams = row.streams;
    const Finished done = run(command);
    EXPECT_EQ(done.out, row.out) << row.name;
    EXPECT_EQ(done.err, row.err) << row.name;
  }
}

TEST(Process, types_into_a_terminal) {
  Command command = shell("read answer; echo \"got $answer\"");
  command.streams = Streams::terminal;
  command.input = "yes\n";
  EXPECT_EQ(run(command).out, "got yes\n");
}

TEST(Process, becomes_the_server_user_when_root) {
  Command command{.argv = {"id", "-u"}};
  command.account = server_account();
  command.directory = "/";
  const uid_t expected = command.account ? command.account->uid : geteuid();
  EXPECT_EQ(run(command).out, std::to_string(expected) + "\n");
  EXPECT_NE(expected, 0u);
}

TEST(TemporaryDirectory, is_private_and_removed) {
  std::filesystem::path path;
  {
    const TemporaryDirectory directory;
    path = directory.path();
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms::owner_all);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TemporaryDirectory, is_swept_only_when_old_and_abandoned) {
  const TemporaryDirectory parent;
  const TemporaryDirectory used(parent.path());
  std::filesystem::create_directory(parent.path() / "cairn-test-young");
  std::filesystem::create_directory(parent.path() / "of-somebody-else");
  sweep_temporary_directories(parent.path());
  for (const char* name : {"cairn-test-young", "of-somebody-else"}) {
    EXPECT_TRUE(std::filesystem::exists(parent.path() / name)) << name;
  }
  EXPECT_TRUE(std::filesystem::exists(used.path()));
}

}  // namespace
}  // namespace cairn::test
