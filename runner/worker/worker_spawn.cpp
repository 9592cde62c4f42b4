#include "worker/worker_spawn.hpp"

#include "worker/worker_start.hpp"

#include "base/error.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace cairn {

namespace {

struct Pair {
  FileDescriptor ours;
  FileDescriptor theirs;
};

[[noreturn]] void throw_system(const char* what) {
  throw Error(Category::internal, fmt::format("cannot start the worker: {}: {}", what, std::strerror(errno)));
}

/// Moves the descriptor out of the low numbers, which the file actions below assign one after another.
FileDescriptor raised(FileDescriptor low) {
  constexpr int first_free = 10;
  FileDescriptor high(::fcntl(low.get(), F_DUPFD_CLOEXEC, first_free));
  if (!high) throw_system("fcntl");
  return high;
}

Pair open_wire() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) throw_system("socketpair");
  Pair pair{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
  pair.theirs = raised(std::move(pair.theirs));
  return pair;
}

Pair open_output() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw_system("pipe");
  Pair pair{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
  pair.theirs = raised(std::move(pair.theirs));
  ::fcntl(pair.ours.get(), F_SETFL, O_NONBLOCK);
  return pair;
}

/// Where the database is and how to get in is none of a revision's business.
bool tells_of_database(std::string_view variable, const std::vector<std::string>& hidden) {
  const std::string_view name = variable.substr(0, variable.find('='));
  return name.starts_with("PG") || name == "DATABASE_URL" || name == "CAIRN_DATABASE" ||
         std::find(hidden.begin(), hidden.end(), name) != hidden.end();
}

std::vector<char*> worker_environment(const std::vector<std::string>& hidden) {
  std::vector<char*> kept;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable)
    if (!tells_of_database(*variable, hidden)) kept.push_back(*variable);
  kept.push_back(nullptr);
  return kept;
}

class FileActions {
 public:
  FileActions(const FileDescriptor& wire, const FileDescriptor& output) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, output.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, output.get(), STDERR_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, wire.get(), worker_socket);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, worker_socket + 1);
  }
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

class Attributes {
 public:
  Attributes() {
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

pid_t start(const std::string& executable, const std::vector<std::string>& hidden, const FileDescriptor& wire,
            const FileDescriptor& output) {
  const FileActions actions(wire, output);
  const Attributes attributes;
  std::string name = "cairn-worker";
  std::string parent = std::to_string(::getpid());
  std::array<char*, 3> arguments{name.data(), parent.data(), nullptr};
  std::vector<char*> environment = worker_environment(hidden);
  pid_t pid = -1;
  const int failed = ::posix_spawn(&pid, executable.c_str(), actions.get(), attributes.get(), arguments.data(),
                                   environment.data());
  if (failed == 0) return pid;
  throw Error(Category::configuration, fmt::format("cannot start {}: {}", executable, std::strerror(failed)))
      .detail("The code of C++ revisions runs in this program.")
      .hint("Install Cairn again, or give --isolation=none to run the code inside of cairn.");
}

}  // namespace

SpawnedWorker spawn_worker(const std::string& executable, const std::vector<std::string>& hidden) {
  Pair wire = open_wire();
  Pair output = open_output();
  const pid_t pid = start(executable, hidden, wire.theirs, output.theirs);
  return SpawnedWorker{pid, std::move(wire.ours), std::move(output.ours)};
}

}  // namespace cairn
