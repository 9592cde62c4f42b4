#pragma once

#include "support/process.hpp"
#include "support/server_programs.hpp"
#include "support/server_template.hpp"
#include "support/temporary_directory.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cairn::test {

enum class Authentication {
  trust,
  password,   ///< the superuser is trusted; every other role has to give its password
};

struct ServerOptions {
  std::vector<std::pair<std::string, std::string>> settings = {};  ///< over ours, as with postgres -c
  Authentication authentication = Authentication::trust;
  std::vector<std::string> access_rules = {};                 ///< lines of pg_hba.conf, read before ours
  std::filesystem::path parent = fast_parent();               ///< where the data directory is made
};

/// What a server needs to have standbys: give it as its settings.
std::vector<std::pair<std::string, std::string>> standby_settings();

/// A throw-away PostgreSQL reached through a socket in a private directory; fsync is off. It ends with this
/// object, and also when this program is killed. It shares no code with the runner's own cluster layer.
/// Start it from a thread that lives as long. Everything throws std::runtime_error.
class TestServer {
 public:
  explicit TestServer(const ServerOptions& options = {});
  ~TestServer();

  /// The server of this test program, started when first asked for.
  static TestServer& shared();

  /// A read-only hot standby of a server that was given standby_settings().
  static std::unique_ptr<TestServer> standby_of(const TestServer& primary);

  /// libpq keywords and URL of a database; the user is the superuser unless named.
  std::string conninfo(const std::string& database, const std::string& user = superuser) const;
  std::string url(const std::string& database, const std::string& user = superuser) const;

  std::string socket_directory() const { return sockets_.path().string(); }
  std::string socket_path() const { return socket_directory() + "/.s.PGSQL.5432"; }
  std::filesystem::path data_directory() const { return home_.path() / "data"; }
  pid_t pid() const { return postmaster_ ? postmaster_->pid() : -1; }
  std::string log() const;

  /// Fast shutdown, to see what a client does when the server is down; start() brings it back.
  void stop();
  void start();

 private:
  struct Backup {};
  TestServer(const ServerOptions& options, Backup);
  void write_access_rules() const;
  std::vector<std::string> arguments() const;
  void wait_until_ready();

  ServerOptions options_;
  TemporaryDirectory home_;
  TemporaryDirectory sockets_;
  std::unique_ptr<Process> postmaster_;
};

}  // namespace cairn::test
