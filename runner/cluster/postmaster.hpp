#pragma once

#include "cluster/server_binaries.hpp"
#include "cluster/server_log.hpp"
#include "cluster/server_user.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace cairn {

/// A server about to run: which programs, as whom, on which data, reached where.
struct ServerSetup {
  ServerBinaries binaries;
  ServerUser user;
  std::filesystem::path data;
  std::filesystem::path socket_directory;
};

/// Name of the database and of the superuser of every private server: the same for every person and for root.
inline constexpr const char* private_database = "cairn";
inline constexpr const char* private_role = "cairn";
inline constexpr int private_port = 5432;   // only part of the socket's name

/// libpq connection string of a private server.
std::string make_conninfo(const std::filesystem::path& socket_directory, const std::string& database);

/// The same as a URL, which other tools take too. Our socket directories hold no character that would need escaping.
std::string make_url(const std::filesystem::path& socket_directory, const std::string& database);

/// Command line of the server: listens on its socket and on nothing else.
std::vector<std::string> postmaster_arguments(const ServerSetup& setup);

/// Starts the server so that it outlives this process: own session, own log, nothing inherited. Returns as soon
/// as the program runs; it may still fail. Throws Error (configuration) when it cannot be run at all.
pid_t start_detached(const ServerSetup& setup, const ServerLog& log);

/// Returns when the server accepts connections. Throws Error (connection) with the end of the log when it ends
/// or is not ready in time.
void wait_until_ready(const ServerSetup& setup, const ServerLog& log, pid_t server, std::chrono::milliseconds patience);

/// True when something accepts connections on the socket now.
bool accepts_connections(const std::filesystem::path& socket_directory);

/// Ends the server: first "fast" (sessions are rolled back, data is flushed), then "immediate" (the next start
/// recovers). Throws Error (connection) when it is alive after both.
void stop_postmaster(pid_t server, std::chrono::milliseconds patience);

}  // namespace cairn
