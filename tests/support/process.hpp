#pragma once

#include "support/account.hpp"
#include "support/file_descriptor.hpp"

#include <chrono>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace cairn::test {

/// What the command's streams are connected to. A terminal is a fresh pseudo-terminal of 100 columns that
/// neither echoes nor turns \n into \r\n, so that output can be compared as written.
enum class Streams {
  pipes,           ///< stdin, stdout and stderr apart
  terminal,        ///< all three; everything arrives as `out`
  error_terminal,  ///< stderr only, as in "cairn upgrade head > file"
};

struct Command {
  std::vector<std::string> argv = {};               ///< argv[0] without a slash: found in PATH
  /// Changes to ours; nullopt removes a variable.
  std::map<std::string, std::optional<std::string>> environment = {};
  std::filesystem::path directory = {};             ///< empty: ours
  std::string input = {};                           ///< then end of file
  std::chrono::milliseconds deadline{60'000};       ///< then the whole group is killed
  Streams streams = Streams::pipes;
  std::optional<Account> account = {};              ///< become this user first
  int death_signal = SIGKILL;                       ///< sent when the starting thread ends
  std::filesystem::path output_file = {};           ///< stdout and stderr go here and are not read
};

struct Finished {
  int code = -1;           ///< exit code; -1 when a signal ended it
  int signal = 0;
  bool timed_out = false;
  bool held_open = false;  ///< it left somebody behind who still has its stdout or stderr
  std::string out;
  std::string err;

  bool ok() const { return code == 0; }
};

/// A running command in a process group of its own. Ending the object kills what is left of the group.
/// It dies with the thread that started it (PR_SET_PDEATHSIG), so start it from one that lives as long.
class Process {
 public:
  /// Throws std::runtime_error when the program cannot be started.
  explicit Process(const Command& command);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  pid_t pid() const { return pid_; }
  void signal(int number) const;
  void signal_group(int number) const;

  /// Reads until stdout or stderr contains the text; false when the command ended or its deadline came first.
  bool await_output(std::string_view text);

  /// From now on.
  void set_deadline(std::chrono::milliseconds left);
  bool running();

  /// Reads to the end. Descendants that keep the pipes open are not waited for.
  Finished wait();

  const std::string& out() const { return finished_.out; }
  const std::string& err() const { return finished_.err; }

 private:
  bool pump();
  void read_available(FileDescriptor& source, std::string& target);
  void write_input();
  void reap();
  int milliseconds_left() const;

  pid_t pid_ = -1;
  pid_t owner_ = getpid();   ///< a forked copy of this program must not kill it
  bool terminal_ = false;
  bool reaped_ = false;
  FileDescriptor watch_;
  FileDescriptor in_;
  FileDescriptor out_;
  FileDescriptor err_;
  std::string input_;
  std::size_t written_ = 0;
  std::chrono::steady_clock::time_point deadline_;
  Finished finished_;
};

/// Starts, feeds and waits.
Finished run(const Command& command);

/// Where a program is, looked up in a PATH; nothing when it is in none of its directories.
std::optional<std::filesystem::path> find_program(std::string_view name, std::string_view path);

/// The value of an environment variable; empty when it is not set.
std::string environment_variable(const char* name);

}  // namespace cairn::test
