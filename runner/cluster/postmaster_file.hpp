#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include <sys/types.h>

namespace cairn {

/// What a server writes about itself into postmaster.pid, in PostgreSQL 13 to 18.
struct PostmasterFile {
  pid_t process = 0;
  std::filesystem::path socket_directory;
  bool ready = false;   ///< accepts connections; while false it starts, recovers or stops
};

/// Nothing for text that is not (yet) such a file.
std::optional<PostmasterFile> parse_postmaster_file(std::string_view text);

/// The file's content as it stands, though its server may be gone; nothing when there is none.
std::optional<PostmasterFile> read_postmaster_file(const std::filesystem::path& data);

/// The server that really runs on this data directory. The file alone proves nothing: after a reboot or
/// kill -9 it names a process that is gone, or by now another program.
std::optional<PostmasterFile> find_postmaster(const std::filesystem::path& data);

/// Readies the file of a dead server for the next start. Where its number now belongs to another program,
/// PostgreSQL would refuse to start; the number is replaced, but the rest is kept, because PostgreSQL
/// proves from it that no process of the dead server still uses the data.
void disarm_postmaster_file(const std::filesystem::path& data);

}  // namespace cairn
