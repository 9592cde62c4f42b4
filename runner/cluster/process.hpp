#pragma once

#include "cluster/server_user.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

namespace cairn {

/// A program with its arguments and environment, laid out before a fork so that the child only has to call exec.
/// The environment is made here, not inherited: PGDATA, PGOPTIONS or LC_ALL of the caller must not reach a server.
class ExecImage {
 public:
  ExecImage(std::vector<std::string> arguments, const ServerUser& user);
  ExecImage(const ExecImage&) = delete;
  ExecImage& operator=(const ExecImage&) = delete;

  /// Returns only when it fails, with errno set.
  void exec() const noexcept;

 private:
  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
  std::vector<char*> argument_pointers_;
  std::vector<char*> environment_pointers_;
};

/// Where the standard streams of a child go; -1 is /dev/null.
struct ChildStreams {
  int input = -1;
  int output = -1;
};

/// For a child between fork and exec, system calls only: streams in place (output and errors in one), every other
/// descriptor closed but those in `keep` (sorted), default signals, no working directory that the user might
/// not be able to enter.
void settle_child(const ChildStreams& streams, std::span<const int> keep) noexcept;

/// True while the process exists; a zombie, which only waits for its parent to notice, counts as ended.
bool is_alive(pid_t process);

/// Polls until the process has ended; false when it has not by the deadline.
bool wait_for_end(pid_t process, std::chrono::milliseconds patience);

/// Collects a child of ours; the wait status, or nothing when it does not end in time.
std::optional<int> wait_for_child(pid_t child, std::chrono::milliseconds patience);

}  // namespace cairn
