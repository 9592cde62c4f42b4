#include "cluster/postmaster.hpp"

#include "base/error.hpp"
#include "cluster/child_report.hpp"
#include "cluster/pipe.hpp"
#include "cluster/postmaster_file.hpp"
#include "cluster/process.hpp"

#include <fmt/core.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace cairn {

namespace {

using Clock = std::chrono::steady_clock;

std::string quoted(const std::string& value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "'";
}

/// The middle process ends at once, so that the server belongs to init and leaves no zombie with us.
[[noreturn]] void run_detached(const ExecImage& image, const ServerUser& user, int log, int report) noexcept {
  ::setsid();
  const pid_t server = ::fork();
  if (server != 0) ::_exit(server < 0 ? 1 : 0);
  const std::array<int, 1> keep{report};
  settle_child(ChildStreams{-1, log}, keep);
  write_report(report, ChildReport{::getpid(), 0});
  if (const int error = become(user); error != 0) fail_child(report, error);
  image.exec();
  fail_child(report, errno);
}

bool is_ready(const ServerSetup& setup, pid_t server) {
  const auto file = read_postmaster_file(setup.data);
  return file && file->process == server && file->ready && accepts_connections(setup.socket_directory);
}

[[noreturn]] void throw_not_ready(const ServerLog& log, const std::string& message) {
  const std::string tail = read_tail(log);
  throw Error(Category::connection, message)
      .detail(tail.empty() ? fmt::format("{} has no line from this start.", log.file.string())
                           : fmt::format("The end of {}:\n{}", log.file.string(), tail));
}

}  // namespace

std::string make_url(const std::filesystem::path& socket_directory, const std::string& database) {
  return fmt::format("postgresql://{}@/{}?host={}&port={}", private_role, database, socket_directory.string(), private_port);
}

std::string make_conninfo(const std::filesystem::path& socket_directory, const std::string& database) {
  return fmt::format("host={} port={} user={} dbname={}", quoted(socket_directory.string()), private_port, private_role,
                     quoted(database));
}

std::vector<std::string> postmaster_arguments(const ServerSetup& setup) {
  return {setup.binaries.program("postgres"), "-D", setup.data.string(),
          "-c", "listen_addresses=", "-c", "unix_socket_directories=" + setup.socket_directory.string(),
          "-c", "unix_socket_permissions=0700", "-c", fmt::format("port={}", private_port),
          "-c", "logging_collector=off", "-c", "log_destination=stderr"};
}

pid_t start_detached(const ServerSetup& setup, const ServerLog& log) {
  const ExecImage image(postmaster_arguments(setup), setup.user);
  Pipe report = open_pipe();
  const pid_t middle = ::fork();
  if (middle < 0)
    throw Error(Category::internal, fmt::format("cannot start a process: {}", std::generic_category().message(errno)));
  if (middle == 0) run_detached(image, setup.user, log.descriptor.get(), report.write.get());
  report.write.close();
  wait_for_child(middle, std::chrono::seconds(10));
  return require_started(report.read, setup.binaries.program("postgres"), setup.user);
}

void wait_until_ready(const ServerSetup& setup, const ServerLog& log, pid_t server, std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  while (!is_ready(setup, server)) {
    if (!is_alive(server)) throw_not_ready(log, "the private PostgreSQL server ended while starting");
    if (Clock::now() > deadline)
      throw_not_ready(log, fmt::format("the private PostgreSQL server was not ready after {} seconds",
                                       std::chrono::duration_cast<std::chrono::seconds>(patience).count()));
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
  }
}

bool accepts_connections(const std::filesystem::path& socket_directory) {
  sockaddr_un address{};
  const std::string path = (socket_directory / fmt::format(".s.PGSQL.{}", private_port)).string();
  if (path.size() >= sizeof address.sun_path) return false;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const FileDescriptor descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
  // A full backlog answers EAGAIN: somebody listens there.
  return descriptor && (::connect(descriptor.get(), generic, sizeof address) == 0 || errno == EAGAIN);
}

void stop_postmaster(pid_t server, std::chrono::milliseconds patience) {
  for (const int signal : {SIGINT, SIGQUIT}) {
    if (::kill(server, signal) != 0 && errno != ESRCH)
      throw Error(Category::configuration, fmt::format("cannot stop the server, process {}: {}", server,
                                                       std::generic_category().message(errno)))
          .hint("Run the command as the user who started it, or with sudo.");
    if (wait_for_end(server, patience)) return;
  }
  throw Error(Category::connection, fmt::format("the server, process {}, does not stop", server))
      .hint(fmt::format("Look for a process of it that waits for a disk; \"kill -9 {}\" is safe, it recovers.", server));
}

}  // namespace cairn
