#include "postgres/connection_server.hpp"

#include "base/error.hpp"

#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <vector>

namespace cairn {

namespace {

constexpr const char* binaries = "/usr/lib/postgresql/15/bin/";

/// PostgreSQL refuses to run as root.
const passwd& server_user() {
  static const passwd user = [] {
    for (const char* name : {"postgres", "nobody"})
      if (const passwd* found = ::getpwnam(name)) return *found;
    throw std::runtime_error("no unprivileged user to run the server as");
  }();
  return user;
}

pid_t spawn(std::vector<std::string> words, const std::string& log) {
  const passwd& user = server_user();
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(user.pw_gid) != 0 || ::setuid(user.pw_uid) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (std::freopen(log.c_str(), "a", stdout) == nullptr || ::dup2(1, 2) < 0 || ::chdir("/") != 0) ::_exit(126);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

int wait_for(pid_t pid) {
  int status = 0;
  ::waitpid(pid, &status, 0);
  return status;
}

}  // namespace

ConnectionServer& ConnectionServer::instance() {
  static auto* server = dynamic_cast<ConnectionServer*>(::testing::AddGlobalTestEnvironment(new ConnectionServer));
  return *server;
}

void ConnectionServer::initialise() {
  const std::string data = directory_ + "/data";
  const int status = wait_for(spawn({std::string(binaries) + "initdb", "-D", data, "-U", "postgres", "-A", "trust",
                                     "-N", "--no-locale", "-E", "UTF8"},
                                    directory_ + "/initdb.log"));
  if (status != 0) throw std::runtime_error("initdb failed, see " + directory_ + "/initdb.log");
  std::ofstream hba(data + "/pg_hba.conf");
  hba << "local all scram scram-sha-256\nlocal all all trust\n";
}

void ConnectionServer::start() {
  pid_ = spawn({std::string(binaries) + "postgres", "-D", directory_ + "/data", "-k", directory_, "-c",
                "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off", "-c",
                "max_connections=20"},
               directory_ + "/server.log");
  wait_until_up();
}

void ConnectionServer::wait_until_up() {
  for (int tries = 0; tries < 3000; ++tries) {
    try {
      open_connection(database());
      return;
    } catch (const Error&) {
      ::poll(nullptr, 0, 10);
    }
  }
  throw std::runtime_error("the test server does not come up, see " + directory_ + "/server.log");
}

void ConnectionServer::SetUp() {
  ::clearenv();   // PGHOST and the like of the developer are not ours
  std::string pattern = "/tmp/cairn-test-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a directory below /tmp");
  directory_ = pattern;
  if (::geteuid() == 0 && ::chown(pattern.c_str(), server_user().pw_uid, server_user().pw_gid) != 0)
    throw std::runtime_error("cannot chown");
  initialise();
  start();
  open_connection(database())->exchange({"CREATE ROLE scram LOGIN PASSWORD 'se cret%@'", {}, {}});
}

void ConnectionServer::TearDown() {
  if (pid_ > 0) {
    ::kill(pid_, SIGQUIT);
    wait_for(pid_);
  }
  std::filesystem::remove_all(directory_);
}

Database ConnectionServer::database(const std::string& name, const std::string& user) const {
  return Database{.kind = DatabaseKind::server,
                  .spelling = Spelling::settings,
                  .settings = {{"host", directory_}, {"port", "5432"}, {"dbname", name}, {"user", user}}};
}

}  // namespace cairn
