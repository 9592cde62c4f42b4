#include "support/server_template.hpp"

#include "support/process.hpp"
#include "support/server_programs.hpp"
#include "support/temporary_directory.hpp"

#include <cstdio>
#include <stdexcept>
#include <sys/stat.h>

namespace cairn::test {

namespace {

namespace fs = std::filesystem;

uid_t server_uid() {
  const auto account = server_account();
  return account ? account->uid : geteuid();
}

void run_as_server(std::vector<std::string> argv) {
  const std::string program = argv.at(0);
  const Finished done = run({.argv = std::move(argv),
                             .environment = without_postgres_variables(),
                             .directory = "/",
                             .account = server_account()});
  if (!done.ok()) throw std::runtime_error(program + " failed: " + done.err + done.out);
}

/// Two minor versions must not share one, nor two sets of initdb options: raise the number with them.
fs::path template_path() {
  return fast_parent() / ("cairn-template-1-" + require_server_programs().version + "-" + std::to_string(server_uid()));
}

void run_initdb(const fs::path& target) {
  run_as_server({require_server_programs().path("initdb"), "--no-sync", "--auth=trust", "--no-locale", "--encoding=UTF8",
                 "--wal-segsize=1", "--username=" + std::string(superuser), "--pgdata=" + target.string()});
}

/// Somebody else's directory of our template's name must never be run.
void require_own(const fs::path& directory) {
  struct stat status{};
  const bool own = lstat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == server_uid();
  if (!own) throw std::runtime_error(directory.string() + " is not a directory of the user that runs test servers");
}

fs::path require_template() {
  const fs::path wanted = template_path();
  if (!fs::exists(wanted)) {
    const TemporaryDirectory workshop(wanted.parent_path(), server_account());
    const fs::path made = workshop.path() / "data";
    run_initdb(made);
    // Fails when another program was faster; then its template serves as well.
    static_cast<void>(std::rename(made.c_str(), wanted.c_str()));
  }
  require_own(wanted);
  return wanted;
}

}  // namespace

void copy_server_template(const fs::path& target) {
  run_as_server({"cp", "-r", "--preserve=mode", "--reflink=auto", require_template().string(), target.string()});
}

}  // namespace cairn::test
