#pragma once

#include "base/file_descriptor.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace cairn {

/// A server's log, opened for appending before the server is started with it.
struct ServerLog {
  FileDescriptor descriptor;
  std::filesystem::path file;
  std::uint64_t start = 0;   ///< where this start's lines begin
};

/// A log of more than 8 MiB is moved aside first, to the same name with ".1". Throws Error (configuration).
ServerLog open_server_log(const std::filesystem::path& file);

/// The last lines written since the log was opened, fit for an error's detail.
std::string read_tail(const ServerLog& log);

}  // namespace cairn
