#include "base/error.hpp"
#include "cluster/postmaster_file.hpp"
#include "cluster/program.hpp"
#include "cluster/server_binaries.hpp"
#include "cluster/server_log.hpp"
#include "postgres/cluster_support.hpp"

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

void make_installation(const fs::path& directory, const std::string& version) {
  write_program(directory / "postgres", "echo 'postgres (PostgreSQL) " + version + "'");
  write_program(directory / "initdb", "exit 1");
}

TEST(ServerBinaries, reads_the_major_version) {
  struct Case { const char* text; std::optional<int> major; };
  const Case cases[] = {
      {"postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)", 15},
      {"postgres (PostgreSQL) 17beta1", 17},
      {"postgres (PostgreSQL) 9.6.24", 9},
      {"postgres (Other) 15.1", std::nullopt},
      {"postgres (PostgreSQL) devel", std::nullopt},
      {"", std::nullopt},
  };
  for (const Case& c : cases) EXPECT_EQ(parse_major_version(c.text), c.major) << c.text;
}

TEST(ServerBinaries, are_looked_for_in_the_documented_order) {
  const SharedDirectory directory;
  make_installation(directory.path() / "named", "14.1");
  make_installation(directory.path() / "on path", "16.2");
  make_installation(directory.path() / "by config", "17.1");
  make_installation(directory.path() / "versions/15/bin", "15.9");
  make_installation(directory.path() / "versions/9.6/bin", "9.6.1");
  make_installation(directory.path() / "old", "12.4");
  write_program(directory.path() / "config/pg_config", "echo '" + (directory.path() / "by config").string() + "'");
  const auto at = [&](const char* name) { return (directory.path() / name).string(); };

  struct Case { const char* name; std::optional<fs::path> named; std::string path; std::optional<int> major; int found; };
  const Case cases[] = {
      {"named wins", at("named"), at("on path"), std::nullopt, 14},
      {"then the path", std::nullopt, at("empty") + ":" + at("on path") + ":" + at("config"), std::nullopt, 16},
      {"then pg_config", std::nullopt, at("config"), std::nullopt, 17},
      {"then the newest version", std::nullopt, at("empty"), std::nullopt, 15},
      {"an old one on the path is passed over", std::nullopt, at("old") + ":", std::nullopt, 15},
      {"data of one version needs that version", std::nullopt, at("on path"), 15, 15},
  };
  for (const Case& c : cases) {
    BinarySearch search{.named = c.named, .path = c.path, .versions = directory.path() / "versions", .major = c.major};
    EXPECT_EQ(find_server_binaries(search).major, c.found) << c.name;
  }
}

TEST(ServerBinaries, missing_or_old_is_one_clear_sentence) {
  const SharedDirectory directory;
  make_installation(directory.path() / "old", "12.4");
  make_installation(directory.path() / "new", "16.4");
  struct Case { const char* message; BinarySearch search; };
  const fs::path none = directory.path() / "none";
  const Case cases[] = {
      {"PostgreSQL's server programs are not installed", {.named = {}, .path = "", .versions = none, .major = {}}},
      {"PostgreSQL 13 or newer is needed",
       {.named = {}, .path = (directory.path() / "old").string(), .versions = none, .major = {}}},
      {"the local database was made by PostgreSQL 14, which is not installed",
       {.named = {}, .path = (directory.path() / "new").string(), .versions = none, .major = 14}},
  };
  for (const Case& c : cases) {
    try {
      find_server_binaries(c.search);
      ADD_FAILURE() << c.message;
    } catch (const Error& error) {
      EXPECT_EQ(error.category(), Category::configuration);
      EXPECT_EQ(error.message(), c.message);
      EXPECT_NE(error.hint().find("apt-get install postgresql"), std::string::npos);
    }
  }
}

TEST(ServerBinaries, a_wrong_name_is_not_replaced_by_a_guess) {
  const SharedDirectory directory;
  BinarySearch search = make_binary_search();
  search.named = directory.path();
  try {
    find_server_binaries(search);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "there is no PostgreSQL server in " + directory.path().string());
    EXPECT_NE(error.hint().find("CAIRN_PG_BINDIR"), std::string::npos);
  }
}

TEST(PostmasterFile, is_understood_or_ignored) {
  struct Case { const char* name; const char* text; std::optional<pid_t> process; bool ready; };
  const Case cases[] = {
      {"ready", "42\n/data\n1700000000\n5432\n/run/x\n\n 123 456\nready   \n", 42, true},
      {"starting", "42\n/data\n1700000000\n5432\n/run/x\n\n 123 456\nstarting\n", 42, false},
      {"half written", "42\n/data\n", 42, false},
      {"single user mode", "-42\n/data\n1700000000\n", std::nullopt, false},
      {"empty", "", std::nullopt, false},
      {"not a number", "what\n", std::nullopt, false},
  };
  for (const Case& c : cases) {
    const auto file = parse_postmaster_file(c.text);
    EXPECT_EQ(file ? std::optional(file->process) : std::nullopt, c.process) << c.name;
    EXPECT_EQ(file && file->ready, c.ready) << c.name;
  }
}

TEST(ServerLog, shows_the_last_lines_of_this_start_only) {
  const SharedDirectory directory;
  const fs::path file = directory.path() / "log";
  write_file(file, "an older start\n");
  const ServerLog log = open_server_log(file);
  EXPECT_EQ(read_tail(log), "");
  std::string lines = "an older start\n";
  for (int i = 1; i <= 20; ++i) lines += "line " + std::to_string(i) + "\n";
  write_file(file, lines);
  const std::string tail = read_tail(log);
  EXPECT_TRUE(tail.starts_with("line 9\n")) << tail;
  EXPECT_TRUE(tail.ends_with("line 20")) << tail;
}

TEST(ServerLog, moves_a_long_one_aside) {
  const SharedDirectory directory;
  const fs::path file = directory.path() / "log";
  write_file(file, "x");
  fs::resize_file(file, 9U << 20U);
  EXPECT_EQ(open_server_log(file).start, 0u);
  EXPECT_TRUE(fs::exists(directory.path() / "log.1"));
}

TEST(Program, is_stopped_when_it_takes_too_long) {
  const ProgramResult result = run_program({{"/bin/sleep", "600"}, {}, std::chrono::milliseconds(30)}, this_user());
  EXPECT_EQ(result.exit_code, 128 + SIGKILL);
  EXPECT_NE(result.output.find("stopped after 30 ms"), std::string::npos);
}

TEST(Program, inherits_neither_environment_nor_descriptors) {
  ::setenv("PGDATA", "/nowhere", 1);
  const ProgramResult result =
      run_program({{"/bin/sh", "-c", "echo $PGDATA; ls /proc/self/fd; cat; exit 3"}, "typed", test_patience}, this_user());
  ::unsetenv("PGDATA");
  EXPECT_EQ(result.output, "\n0\n1\n2\n3\ntyped");   // 3 is ls reading the directory
  EXPECT_EQ(result.exit_code, 3);
}

}  // namespace
}  // namespace cairn::test
