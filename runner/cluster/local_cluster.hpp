#pragma once

#include "cluster/cluster_place.hpp"
#include "cluster/postmaster.hpp"
#include "cluster/server_binaries.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// Defaults are this machine's; tests name their own places.
struct LocalOptions {
  BinarySearch binaries = make_binary_search();
  MachineRoots roots;
  std::chrono::milliseconds patience = std::chrono::seconds(60);   ///< a start after a crash replays the log first
};

enum class ClusterState { not_created, stopped, running };

/// "not created", "stopped", "running".
std::string_view name_of(ClusterState state);

/// What can be said about a project's server without touching it.
struct ClusterStatus {
  ClusterState state = ClusterState::not_created;
  pid_t process = 0;          ///< of the running server, else 0
  int major = 0;              ///< PostgreSQL's major version that made the data, 0 when there is none
  std::string user;           ///< the account the server runs as
  std::filesystem::path data;
  std::filesystem::path socket_directory;   ///< in use, or to be used at the next start
  std::filesystem::path log;
};

/// The server of a project, started on demand and kept: its data is durable and outlives this process, as does
/// the server itself. One database and one superuser role, both "cairn"; no password, because nobody but the
/// server's user and root can enter the socket's directory. Every change happens under a lock between processes.
class LocalCluster {
 public:
  /// Touches nothing. Throws Error (configuration) when the project or the right to its server is missing.
  explicit LocalCluster(const std::filesystem::path& project, LocalOptions options = {});

  ClusterStatus read_status() const;

  /// Creates it when it is new, starts it when it does not run; returns when it accepts connections. Throws
  /// Error: configuration (no PostgreSQL, no rights), lock, connection (it does not come up; with its log's end).
  ClusterStatus start() const;

  /// Ends the server; the state it was found in. Throws Error when it does not end.
  ClusterState stop() const;

  /// Ends it, deletes all its data, and starts a new one.
  ClusterStatus reset() const;

  /// libpq connection string, of the server's first database or of another one there.
  std::string conninfo(const std::string& database = private_database) const;
  /// The same as a URL, for other tools.
  std::string url() const { return make_url(read_status().socket_directory, private_database); }

  /// Command line of psql for the first database.
  std::vector<std::string> psql_arguments() const;

  const std::filesystem::path& project() const { return place_.project; }
  std::filesystem::path log_file() const { return place_.log(); }

 private:
  ServerBinaries find_binaries() const;
  void create(const ServerBinaries& binaries) const;
  void start_locked() const;
  ClusterState stop_locked() const;
  void bring_up(const ServerSetup& setup) const;
  void clear_remains() const;

  ClusterPlace place_;
  LocalOptions options_;
};

}  // namespace cairn
