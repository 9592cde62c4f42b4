#pragma once

#include "postgres/snapshot_channel.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace cairn::test {

/// A server of this test program: socket only, in a directory of its own, stopped and removed at the end.
class SnapshotServer {
 public:
  SnapshotServer() {
    char name[] = "/tmp/cairn-snapshot-XXXXXX";
    if (mkdtemp(name) == nullptr) throw std::runtime_error("mkdtemp failed");
    directory_ = name;
    if (geteuid() == 0 && chown(name, account().pw_uid, account().pw_gid) != 0) throw std::runtime_error("chown failed");
    run({program("initdb"), "-N", "-A", "trust", "-U", "cairn", "--no-locale", "-E", "UTF8", "-D", data()});
    start();
  }
  SnapshotServer(const SnapshotServer&) = delete;
  SnapshotServer& operator=(const SnapshotServer&) = delete;
  ~SnapshotServer() {
    if (pid_ > 0) kill(pid_, SIGINT);
    if (pid_ > 0) waitpid(pid_, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  std::string conninfo(const std::string& database, const std::string& user = "cairn") const {
    return "host=" + directory_ + " user=" + user + " dbname=" + database;
  }

  /// Copies a schema as people do; throws when psql meets an error.
  void copy_schema(const std::string& from, const std::string& to) const {
    const std::string connect = " -h " + directory_ + " -U cairn ";
    run({"/bin/sh", "-c", program("pg_dump") + connect + "-s " + from + " | " + program("psql") + connect +
                              "-X -q -v ON_ERROR_STOP=1 -d " + to});
  }

 private:
  static const passwd& account() {
    const passwd* found = getpwnam("postgres");
    if (found == nullptr) found = getpwnam("nobody");
    if (found == nullptr) throw std::runtime_error("neither a user postgres nor nobody to run a server as");
    return *found;
  }

  /// The newest server installed the way Debian does, else whatever PATH finds.
  static std::string program(const std::string& name) {
    for (const char* version : {"18", "17", "16", "15", "14", "13"}) {
      const std::string path = std::string("/usr/lib/postgresql/") + version + "/bin/" + name;
      if (access(path.c_str(), X_OK) == 0) return path;
    }
    return name;
  }

  std::string data() const { return directory_ + "/data"; }

  pid_t spawn(const std::vector<std::string>& arguments) const {
    std::vector<char*> words;
    for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    const passwd& user = account();
    const pid_t child = fork();
    if (child != 0) return child;
    if (geteuid() == 0 && (setgroups(0, nullptr) != 0 || setgid(user.pw_gid) != 0 || setuid(user.pw_uid) != 0)) _exit(126);
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    const int log = open((directory_ + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    if (chdir(directory_.c_str()) != 0) _exit(126);
    execvp(words[0], words.data());
    _exit(127);
  }

  void run(const std::vector<std::string>& arguments) const {
    int status = 0;
    if (waitpid(spawn(arguments), &status, 0) < 0 || status != 0) throw std::runtime_error(arguments.back() + ": " + log());
  }

  void start() {
    pid_ = spawn({program("postgres"), "-D", data(), "-h", "", "-k", directory_, "-c", "fsync=off", "-c",
                  "wal_level=logical", "-c", "autovacuum=off", "-c", "max_prepared_transactions=0"});
    while (PQping(conninfo("template1").c_str()) != PQPING_OK) {
      if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
        pid_ = -1;
        throw std::runtime_error("the server did not start: " + log());
      }
      usleep(3000);
    }
  }

  std::string log() const {
    std::ifstream file(directory_ + "/log");
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string directory_;
  pid_t pid_ = -1;
};

}  // namespace cairn::test
