#include "places/installed.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

TEST_F(Installed, runner_finds_its_plugins_and_its_worker) {
  TestDatabase database;
  runner_.require(database.url(), {"upgrade", "head"});
  EXPECT_EQ(runner_.require(database.url(), {"current"}), "2864583ca021 (head)\n");
  runner_.require(database.url(), {"downgrade", "base"});
  EXPECT_EQ(runner_.require(database.url(), {"current"}), "base: nothing is applied\n");
}

TEST_F(Installed, runner_works_through_a_link_elsewhere) {
  TestDatabase database;
  const TemporaryDirectory links;
  fs::create_symlink(runner_.program, links.path() / "cairn");
  runner_ = {.program = "cairn", .directory = links.path(), .environment = {{"PATH", links.path().string()}}};
  runner_.require(database.url(), {"upgrade", "head"});
  EXPECT_EQ(runner_.require(database.url(), {"current"}), "2864583ca021 (head)\n");
}

TEST_F(Installed, runner_without_plugins_says_where_to_name_them) {
  TestDatabase database;
  const TemporaryDirectory bare;
  fs::create_directory(bare.path() / "bin");
  fs::copy_file(runner_.program, bare.path() / "bin/cairn");
  runner_.program = bare.path() / "bin/cairn";
  const Finished finished = runner_.run(database.url(), {"upgrade", "head"});
  EXPECT_EQ(finished.code, 3);
  EXPECT_EQ(finished.err, "error: no folder of plugins is named, and this cairn came without any\n"
                          "  detail: Looked in " + (bare.path() / "lib/cairn/plugins").string() + ".\n"
                          "  hint: Name the folder with --plugins or CAIRN_PLUGINS, or as \"plugins\" in cairn.toml.\n");
}

/// One manual page for each command.
std::vector<std::string> runner_files(const fs::path& program) {
  std::vector<std::string> files = {"bin/cairn", "libexec/cairn/cairn-worker", "share/bash-completion/completions/cairn",
                                    "share/cairn/answer-1.json", "share/man/man1/cairn.1"};
  std::istringstream commands(run({.argv = {program.string(), "--document", "commands"}}).out);
  for (std::string command; std::getline(commands, command);) files.push_back("share/man/man1/cairn-" + command + ".1");
  std::sort(files.begin(), files.end());
  return files;
}

TEST_F(Installed, holds_what_each_component_promises_and_nothing_else) {
  struct Row { const char* component; std::vector<std::string> files; };
  const std::vector<Row> table = {
      {"runner", runner_files(runner_.program)},
      {"seed_initial_data", {"lib/cairn/plugins/seeds/2864583ca021_seed_initial_data.so"}},
      {"arcoirispos", {"lib/cairn/plugins/arcoirispos/000000000001_baseline_schema_collapse.so",
                       "lib/cairn/plugins/arcoirispos/37a02ec8662a_init_schema.so",
                       "lib/cairn/plugins/arcoirispos/853113448960_template_sanity_test.so"}},
  };
  for (const Row& row : table) {
    const fs::path place = folder() / row.component;
    require({.argv = {CAIRN_CMAKE, "--install", CAIRN_BUILD, "--component", row.component, "--prefix", place.string()}});
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(place))
      if (!entry.is_directory()) found.push_back(fs::relative(entry.path(), place).string());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, row.files) << row.component;
  }
}

/// Another team's project: three lines of CMake for a revision that goes on from ours.
TEST_F(Installed, sdk_builds_a_revision_that_the_installed_runner_runs) {
  const fs::path project = folder() / "team";
  fs::create_directories(project / "revisions");
  std::ofstream(project / "CMakeLists.txt")
      << "cmake_minimum_required(VERSION 3.22)\nproject(Team LANGUAGES CXX)\nfind_package(Cairn 0.1 REQUIRED CONFIG)\n"
         "cairn_add_revision_directory(revisions GROUP team INSTALL_DESTINATION lib/cairn/plugins/team)\n";
  std::ofstream(project / "revisions/7ea100000001_stock_counts.cpp")
      << "#include <cairn/revision.hpp>\n"
         "CAIRN_REVISION(.id = \"7ea100000001\", .down_revision = {\"2864583ca021\"}, .message = \"stock counts\")\n"
         "static void upgrade(cairn::Database& db) { db.execute(\"CREATE TABLE inv.counts ()\"); }\n"
         "static void downgrade(cairn::Database& db) { db.execute(\"DROP TABLE inv.counts\"); }\n";
  const std::string build = (project / "build").string();
  require({.argv = {CAIRN_CMAKE, "-S", project.string(), "-B", build, "-G", "Ninja", "-DCMAKE_PREFIX_PATH=" + prefix().string(),
                    "-DCMAKE_CXX_COMPILER=" CAIRN_COMPILER}});
  require({.argv = {CAIRN_CMAKE, "--build", build}});
  require({.argv = {CAIRN_CMAKE, "--install", build, "--prefix", prefix().string()}});

  TestDatabase database;
  runner_.require(database.url(), {"upgrade", "head"});
  EXPECT_EQ(runner_.require(database.url(), {"current"}), "7ea100000001 (head)\n");
  EXPECT_EQ(database.value("SELECT to_regclass('inv.counts') IS NOT NULL"), "t");
  fs::remove_all(prefix() / "lib/cairn/plugins/team");
}

}  // namespace
}  // namespace cairn::test
