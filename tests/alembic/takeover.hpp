#pragma once

#include "support/runner.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_database.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cairn::test {

/// The project beside these tests, imported and built with the installed SDK: once for a test program.
class Takeover {
 public:
  /// Throws std::runtime_error with what a program wrote, when the import or the build fails.
  Takeover(const std::filesystem::path& upgrade_sql, const std::filesystem::path& downgrade_sql,
           const std::vector<std::string>& options = {});

  /// A runner with the plugins that came of it.
  const Runner& runner() const { return runner_; }
  std::filesystem::path revisions() const { return folder_.path() / "team/revisions"; }
  const std::string& said() const { return said_; }

 private:
  TemporaryDirectory folder_;
  Runner runner_;
  std::string said_;
};

/// The database as Alembic's scripts leave it when psql runs them.
void run_script(TestDatabase& database, const std::filesystem::path& script);

/// Schema and rows, without what the two programs keep for themselves.
std::string contents_of(TestDatabase& database);

}  // namespace cairn::test
