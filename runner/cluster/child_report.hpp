#pragma once

#include "base/file_descriptor.hpp"
#include "cluster/server_user.hpp"

#include <string>

#include <sys/types.h>

namespace cairn {

/// What a forked child tells its starter over a pipe: the server's process, or why it could not be run.
struct ChildReport {
  pid_t server = 0;
  int error = 0;
};

/// Both only make system calls, for use between fork and exec.
void write_report(int descriptor, const ChildReport& report) noexcept;
[[noreturn]] void fail_child(int descriptor, int error) noexcept;

/// Reads the reports until every writer has closed its end, which exec does; the server's process. Throws Error
/// (configuration) when the program could not be run as the user.
pid_t require_started(const FileDescriptor& source, const std::string& program, const ServerUser& user);

}  // namespace cairn
