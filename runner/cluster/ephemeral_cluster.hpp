#pragma once

#include "cluster/janitor.hpp"
#include "cluster/scratch_directory.hpp"
#include "cluster/server_binaries.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// Defaults are this machine's; tests name their own places.
struct EphemeralOptions {
  BinarySearch binaries = make_binary_search();
  std::optional<std::filesystem::path> cache;          ///< where the template is kept
  std::vector<std::filesystem::path> scratch_roots;    ///< empty: memory, else the temporary directories
  std::chrono::milliseconds patience = std::chrono::seconds(30);
};

/// A server that lives as long as this value: it is ended and its directory removed by the destructor, and also
/// when the process ends in any other way, kill -9 included. Nothing of it is flushed to a disk. One user, one
/// socket in a directory that only this user (and root) can enter.
class EphemeralCluster {
 public:
  /// Starts a server and returns when it accepts connections; also removes what killed processes left behind.
  /// Throws Error: configuration (no PostgreSQL, no place), connection (it does not come up; with its log).
  static EphemeralCluster start(const EphemeralOptions& options = {});

  EphemeralCluster(EphemeralCluster&&) noexcept = default;
  EphemeralCluster& operator=(EphemeralCluster&&) noexcept = default;

  /// libpq connection string, of the server's first database or of another one there.
  std::string conninfo(const std::string& database = private_database) const;

  /// Command line of psql for the first database.
  std::vector<std::string> psql_arguments() const;

  const std::filesystem::path& directory() const { return scratch_.path; }
  const std::filesystem::path& log_file() const { return log_; }
  const ServerBinaries& binaries() const { return binaries_; }
  pid_t server() const { return janitor_.server(); }
  pid_t janitor() const { return janitor_.process(); }

 private:
  EphemeralCluster(ServerBinaries binaries, ScratchDirectory scratch, std::filesystem::path log, Janitor janitor);

  static EphemeralCluster start_in_scratch(const ServerBinaries& binaries, const ServerUser& user,
                                           const EphemeralOptions& options);

  ServerBinaries binaries_;
  ScratchDirectory scratch_;   ///< its lock is what tells a sweep that this process lives
  std::filesystem::path log_;
  Janitor janitor_;
};

}  // namespace cairn
