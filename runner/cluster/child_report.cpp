#include "cluster/child_report.hpp"

#include "base/error.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <system_error>

#include <unistd.h>

namespace cairn {

void write_report(int descriptor, const ChildReport& report) noexcept {
  // Shorter than PIPE_BUF: written whole, or not at all when the starter is gone.
  while (::write(descriptor, &report, sizeof report) < 0 && errno == EINTR) {
  }
}

void fail_child(int descriptor, int error) noexcept {
  write_report(descriptor, ChildReport{0, error});
  ::_exit(127);
}

pid_t require_started(const FileDescriptor& source, const std::string& program, const ServerUser& user) {
  pid_t server = 0;
  int error = 0;
  ChildReport report;
  ssize_t got = 0;
  while ((got = ::read(source.get(), &report, sizeof report)) == sizeof report || (got < 0 && errno == EINTR)) {
    if (got < 0) continue;
    if (report.server != 0) server = report.server;
    if (report.error != 0) error = report.error;
  }
  if (server != 0 && error == 0) return server;
  throw Error(Category::configuration, fmt::format("cannot run {} as user \"{}\": {}", program, user.name,
                                                   std::generic_category().message(error == 0 ? ECHILD : error)));
}

}  // namespace cairn
