#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace cairn::test {

/// The PostgreSQL programs of this machine.
struct ServerPrograms {
  std::filesystem::path directory;
  std::string version;   ///< "15.20"

  std::string path(const std::string& program) const { return (directory / program).string(); }
};

/// Looks in CAIRN_PG_BINDIR, PATH, what pg_config says, and /usr/lib/postgresql/*/bin, newest first.
/// Throws std::runtime_error with one sentence: a test without PostgreSQL fails, it is never skipped.
const ServerPrograms& require_server_programs();

/// Changes to an environment that take away every variable libpq or the server would read.
std::map<std::string, std::optional<std::string>> without_postgres_variables();

/// Takes them away from this program itself, for tests that connect through the runner's own code.
void forget_postgres_variables();

}  // namespace cairn::test
