#pragma once

#include "support/process.hpp"

namespace cairn::test {

/// A started child and our ends of its streams; err is empty when the terminal carries both.
struct Spawned {
  pid_t pid = -1;
  FileDescriptor in;
  FileDescriptor out;
  FileDescriptor err;
};

/// Forks and executes; returns once exec has succeeded, throws std::runtime_error otherwise.
Spawned spawn(const Command& command);

}  // namespace cairn::test
