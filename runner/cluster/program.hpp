#pragma once

#include "cluster/server_user.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

struct ProgramResult {
  int exit_code = 0;      ///< 128 + signal when it was killed, 127 when it could not be started
  std::string output;     ///< standard output and errors together, the last 64 KiB of it
};

struct ProgramRun {
  std::vector<std::string> arguments;   ///< the first is the program's absolute path
  std::string_view input;               ///< at most 32 KiB, so that it fits a pipe
  std::chrono::milliseconds patience;   ///< it is killed when this is over
};

/// Runs a helper program (initdb, postgres --version) as the user and waits for it. It inherits nothing: no
/// descriptors, no environment, no working directory. Throws Error (internal) when no process can be made.
ProgramResult run_program(const ProgramRun& run, const ServerUser& user);

}  // namespace cairn
