#pragma once

#include "support/file_text.hpp"
#include "support/psql.hpp"
#include "support/runner.hpp"
#include "support/sql_plugin_file.hpp"
#include "support/test_database.hpp"

#include <string>
#include <vector>

namespace cairn::test {

using Words = std::vector<std::string>;

/// Revisions of a test's own, and what the program makes of them: runs, and scripts that psql applies.
class ScriptProject {
 public:
  ScriptProject() { runner_.options = {"--plugins", plugins().string()}; }

  ScriptProject& add(const SqlPlugin& plugin);
  /// The C++ revision that was built under that name.
  ScriptProject& add_code(const std::string& name);

  /// Runs the program; `database` is a URL, and empty for what needs none.
  Finished cairn(const Words& words, const std::string& database = "") const { return runner_.run(database, words); }
  std::string script(const Words& words) const;
  std::filesystem::path plugins() const { return folder_.path(); }

 private:
  TemporaryDirectory folder_;
  Runner runner_{.program = CAIRN_BINARY};
};

/// One line for each object of the catalog but the two state tables.
Words catalog_of(TestDatabase& database);

/// Version rows, and the journal but for who was there when.
Words state_of(TestDatabase& database);

/// Runs the first commands online, applies the scripts of the second ones, and compares what either made. Every
/// command is words of the program without its name. Empty when all is alike; else what differs, or what failed.
Words differences_of(const ScriptProject& project, const std::vector<Words>& online, const std::vector<Words>& scripts);

/// The same for one command that begins with nothing: "upgrade TARGET".
Words differences_of(const ScriptProject& project, const Words& command);

}  // namespace cairn::test
