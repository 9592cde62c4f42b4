#include "alembic/takeover.hpp"

#include "support/file_text.hpp"
#include "support/server_programs.hpp"

#include <stdexcept>

namespace cairn::test {

namespace {

namespace fs = std::filesystem;

std::string require(const Command& command) {
  Finished finished = run(command);
  if (!finished.ok()) throw std::runtime_error(command.argv.front() + " failed:\n" + finished.out + finished.err);
  return std::move(finished.out);
}

/// The three lines of CMake that docs/from-alembic.md gives.
constexpr const char* cmake_lists =
    "cmake_minimum_required(VERSION 3.22)\nproject(Team LANGUAGES CXX)\nfind_package(Cairn 0.1 REQUIRED CONFIG)\n"
    "cairn_add_revision_directory(revisions)\n";

void build(const fs::path& project, const fs::path& sdk) {
  const std::string folder = (project / "build").string();
  require({.argv = {CAIRN_CMAKE, "--install", CAIRN_BUILD, "--component", "sdk", "--prefix", sdk.string()}});
  require({.argv = {CAIRN_CMAKE, "-S", project.string(), "-B", folder, "-G", "Ninja", "-DCMAKE_PREFIX_PATH=" + sdk.string(),
                    "-DCMAKE_CXX_COMPILER=" CAIRN_COMPILER},
           .deadline = std::chrono::minutes(5)});
  require({.argv = {CAIRN_CMAKE, "--build", folder}, .deadline = std::chrono::minutes(5)});
}

}  // namespace

Takeover::Takeover(const fs::path& upgrade_sql, const fs::path& downgrade_sql, const std::vector<std::string>& options)
    : runner_{.program = CAIRN_BINARY, .options = {"--plugins", (folder_.path() / "team/build/plugins").string()}} {
  const fs::path project = folder_.path() / "team";
  fs::create_directory(project);
  write_file(project / "CMakeLists.txt", cmake_lists);
  std::vector<std::string> words{CAIRN_BINARY, "import", "alembic", CAIRN_ALEMBIC_PROJECT, "--upgrade-sql", upgrade_sql.string(),
                                 "--downgrade-sql", downgrade_sql.string(), "--into", revisions().string()};
  words.insert(words.end(), options.begin(), options.end());
  said_ = require({.argv = words, .directory = project});
  build(project, folder_.path() / "sdk");
}

void run_script(TestDatabase& database, const fs::path& script) {
  require({.argv = {require_server_programs().path("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database.conninfo(), "-f",
                    script.string()},
           .environment = without_postgres_variables()});
}

std::string contents_of(TestDatabase& database) {
  return database.dump({"--exclude-table=public.cairn_journal", "--exclude-table=public.alembic_version",
                        "--exclude-table-data=*"}) +
         database.dump({"--data-only", "--inserts", "--exclude-table=public.cairn_journal", "--exclude-table=public.alembic_version"});
}

}  // namespace cairn::test
