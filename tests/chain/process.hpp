#pragma once

#include <map>
#include <string>
#include <vector>

namespace cairn::testing {

/// What to start: no shell is involved, so arguments need no quoting.
struct Command {
  std::vector<std::string> arguments;              ///< the first is the program, looked up in PATH
  std::map<std::string, std::string> environment;  ///< added to our own
  std::string input;                               ///< its standard input
  std::string user;                                ///< when we are root: who runs it; empty: root
};

struct Finished {
  int exit_code = -1;  ///< 128 + n after signal n, 127 when it could not be started
  std::string out;
  std::string err;

  bool succeeded() const { return exit_code == 0; }
};

/// Runs to the end; kills what takes longer than two minutes or writes more than 16 MiB.
/// Throws std::system_error when no process can be made.
Finished run_process(const Command& command);

}  // namespace cairn::testing
