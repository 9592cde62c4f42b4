#include "cluster/local_cluster.hpp"

#include "base/error.hpp"
#include "cluster/data_directory.hpp"
#include "cluster/file_rights.hpp"
#include "cluster/file_lock.hpp"
#include "cluster/postmaster_file.hpp"

#include <fmt/core.h>

#include <fstream>
#include <thread>

namespace cairn {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto lock_patience = std::chrono::minutes(5);    // another process may be creating the data
constexpr auto stop_patience = std::chrono::seconds(30);
constexpr auto orphan_patience = std::chrono::seconds(10);

FileLock lock_place(const ClusterPlace& place) {
  const FileRights identity(place.user);
  return FileLock::acquire(place.lock(), lock_patience, "with this project's local server");
}

/// Made by initdb, first line the major version; 0 when there is no data.
int read_major(const fs::path& data) {
  std::ifstream file(data / "PG_VERSION");
  int major = 0;
  file >> major;
  return file ? major : 0;
}

bool is_serving(const ClusterStatus& status, const fs::path& data) {
  if (status.state != ClusterState::running || !accepts_connections(status.socket_directory)) return false;
  const auto file = read_postmaster_file(data);
  return file && file->ready;
}

/// After kill -9 of a server its sessions need a moment to notice; the new one refuses the data until then.
bool meets_orphans(const Error& error) {
  return error.detail().find("pre-existing shared memory block") != std::string::npos;
}

ServerLog open_log(const ClusterPlace& place) {
  const FileRights identity(place.user);
  return open_server_log(place.log());
}

}  // namespace

std::string_view name_of(ClusterState state) {
  switch (state) {
    case ClusterState::not_created: return "not created";
    case ClusterState::stopped: return "stopped";
    case ClusterState::running: return "running";
  }
  return "unknown";
}

LocalCluster::LocalCluster(const fs::path& project, LocalOptions options)
    : place_(find_cluster_place(project, options.roots)), options_(std::move(options)) {}

ClusterStatus LocalCluster::read_status() const {
  const FileRights identity(place_.user);
  ClusterStatus status{.major = read_major(place_.data()), .user = place_.user.name, .data = place_.data(),
                       .socket_directory = place_.socket_directory, .log = place_.log()};
  if (status.major == 0) return status;
  status.state = ClusterState::stopped;
  if (const auto server = find_postmaster(place_.data())) {
    status.state = ClusterState::running;
    status.process = server->process;
    if (!server->socket_directory.empty()) status.socket_directory = server->socket_directory;
  }
  return status;
}

ClusterStatus LocalCluster::start() const {
  const ClusterStatus before = read_status();
  if (is_serving(before, place_.data())) return before;
  make_cluster_place(place_);
  const FileLock lock = lock_place(place_);
  start_locked();
  return read_status();
}

ClusterState LocalCluster::stop() const {
  const ClusterStatus before = read_status();
  if (before.state == ClusterState::not_created) return before.state;
  const FileLock lock = lock_place(place_);
  return stop_locked();
}

ClusterStatus LocalCluster::reset() const {
  make_cluster_place(place_);
  const FileLock lock = lock_place(place_);
  stop_locked();
  {
    const FileRights identity(place_.user);
    std::error_code error;
    fs::remove_all(place_.data(), error);
    if (error)
      throw Error(Category::configuration, fmt::format("cannot delete {}: {}", place_.data().string(), error.message()));
  }
  start_locked();
  return read_status();
}

std::string LocalCluster::conninfo(const std::string& database) const {
  return make_conninfo(read_status().socket_directory, database);
}

std::vector<std::string> LocalCluster::psql_arguments() const {
  return {find_binaries().program("psql"), "--no-psqlrc", conninfo()};
}

ServerBinaries LocalCluster::find_binaries() const {
  BinarySearch search = options_.binaries;
  const FileRights identity(place_.user);
  if (const int major = read_major(place_.data()); major != 0) search.major = major;
  return find_server_binaries(search);
}

void LocalCluster::create(const ServerBinaries& binaries) const {
  const FileRights identity(place_.user);
  const fs::path unfinished = place_.base / "data.new";
  std::error_code error;
  fs::remove_all(unfinished, error);   // of a process that was killed meanwhile; the lock proves that it is gone
  make_data_directory(binaries, place_.user, unfinished, kept_recipe());
  std::ofstream(place_.base / "project") << place_.project.string() << "\n";   // for people who find the directory
  fs::rename(unfinished, place_.data(), error);
  if (error)
    throw Error(Category::configuration, fmt::format("cannot create {}: {}", place_.data().string(), error.message()));
}

void LocalCluster::start_locked() const {
  const ClusterStatus found = read_status();
  if (found.state == ClusterState::running) {
    if (is_serving(found, place_.data())) return;
    stop_locked();   // its socket was deleted, or it hangs on the way up or down
  }
  const ServerBinaries binaries = find_binaries();
  if (found.state == ClusterState::not_created) create(binaries);
  make_cluster_place(place_);   // stopping removes the socket's folder
  bring_up(ServerSetup{binaries, place_.user, place_.data(), place_.socket_directory});
}

ClusterState LocalCluster::stop_locked() const {
  const ClusterStatus found = read_status();
  if (found.state == ClusterState::running) stop_postmaster(found.process, stop_patience);
  std::error_code in_use;
  fs::remove(place_.socket_directory, in_use);   // a folder that holds anything stays
  return found.state;
}

void LocalCluster::bring_up(const ServerSetup& setup) const {
  const auto deadline = Clock::now() + orphan_patience;
  while (true) {
    clear_remains();
    const ServerLog log = open_log(place_);
    try {
      wait_until_ready(setup, log, start_detached(setup, log), options_.patience);
      return;
    } catch (const Error& error) {
      if (!meets_orphans(error) || Clock::now() > deadline) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

/// The lock proves that no server of ours runs, whatever number a left-over file names.
void LocalCluster::clear_remains() const {
  const FileRights identity(place_.user);
  disarm_postmaster_file(place_.data());
  std::error_code absent;
  const fs::path socket = place_.socket_directory / fmt::format(".s.PGSQL.{}", private_port);
  fs::remove(socket, absent);
  fs::remove(socket.string() + ".lock", absent);
}

}  // namespace cairn
