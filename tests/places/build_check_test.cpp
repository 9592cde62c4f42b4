// What a build and a test of somebody's own project say to revisions that no runner could use.
#include "places/installed.hpp"
#include "support/file_text.hpp"

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

const std::string head_of_project =
    "cmake_minimum_required(VERSION 3.22)\nproject(Team LANGUAGES CXX)\nfind_package(Cairn 0.1 REQUIRED CONFIG)\nenable_testing()\n";
const std::string code =
    "#include <cairn/revision.hpp>\nCAIRN_REVISION(.id = \"a1\")\n"
    "static void upgrade(cairn::Database&) {}\nstatic void downgrade(cairn::Database&) {}\n";

bool says(const Finished& finished, const std::string& text) { return (finished.out + finished.err).find(text) != std::string::npos; }

class BuildCheck : public Installed {
 protected:
  BuildCheck() : project_(folder() / "their team") { fs::remove_all(project_); }

  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((project_ / file).parent_path());
    write_file(project_ / file, text);
  }
  /// A SQL revision from its header lines, each "key = value".
  void write_revision(const std::string& folder, const std::vector<std::string>& header) const {
    std::string text;
    for (const std::string& line : header) text += "-- cairn: " + line + "\n";
    write(folder + "/up.sql", text + "SELECT 1;\n");
    write(folder + "/down.sql", "SELECT 1;\n");
  }
  Finished configure(const std::vector<std::string>& options = {}, const fs::path& prefix = BuildCheck::prefix()) const {
    std::vector<std::string> words = {CAIRN_CMAKE, "-S", project_.string(), "-B", build_folder(), "-G", "Ninja",
                                      "-DCMAKE_PREFIX_PATH=" + prefix.string(), "-DCMAKE_CXX_COMPILER=" CAIRN_COMPILER};
    words.insert(words.end(), options.begin(), options.end());
    return run({.argv = words, .environment = without_cairn_});
  }
  Finished build(const std::vector<std::string>& options = {}) const {
    std::vector<std::string> words = {CAIRN_CMAKE, "--build", build_folder()};
    words.insert(words.end(), options.begin(), options.end());
    // Settings of somebody's shell must not matter.
    auto environment = without_cairn_;
    environment.insert({{"CTEST_OUTPUT_ON_FAILURE", "1"}, {"CAIRN_CONFIG", "/nonexistent"}, {"CAIRN_ENV", "prod"}});
    return run({.argv = words, .environment = environment, .deadline = std::chrono::minutes(3)});
  }
  Finished test() const { return build({"--target", "test"}); }
  std::string build_folder() const { return (project_ / "build").string(); }
  bool built(const std::string& name) const { return fs::exists(project_ / "build/plugins" / (name + ".so")); }

  const fs::path project_;
  const std::map<std::string, std::optional<std::string>> without_cairn_ = {{"PATH", "/usr/bin:/bin"}};
};

TEST_F(BuildCheck, fails_for_a_library_that_no_runner_takes) {
  struct Row { const char* name; std::string source; const char* cmake; const char* sentence; };
  const Row table[] = {
      {"open", code + "int other() { return 1; }\n", "set_target_properties(open PROPERTIES LINK_OPTIONS \"\" CXX_VISIBILITY_PRESET default)",
       "symbols instead of one: link it with Cairn's exports.map"},
      {"libpq", code, "target_link_libraries(libpq PRIVATE -Wl,--no-as-needed -l:libpq.so.5)", "needs libpq.so.5: a revision has no connection"},
      {"empty", "int answer = 42;\n", "", "a library without Cairn's metadata note"},
#ifndef __clang__
      {"unique", code + "inline int counter = 0;\nint shown() { return ++counter; }\n",
       "set_target_properties(unique PROPERTIES LINK_OPTIONS \"\" CXX_VISIBILITY_PRESET default VISIBILITY_INLINES_HIDDEN OFF)",
       "exports 1 unique symbol (STB_GNU_UNIQUE)"},
#endif
  };
  std::string lists = head_of_project;
  for (const Row& row : table) {
    write(std::string(row.name) + ".cpp", row.source);
    lists += std::string("cairn_add_revision(") + row.name + " SOURCE " + row.name + ".cpp)\n" + row.cmake + "\n";
  }
  write("CMakeLists.txt", lists);
  const Finished configured = configure();
  ASSERT_TRUE(configured.ok()) << configured.err;
  for (const Row& row : table) {
    const Finished refused = build({"--target", row.name});
    EXPECT_FALSE(refused.ok()) << row.name;
    EXPECT_TRUE(says(refused, row.sentence)) << row.name << "\n" << refused.out << refused.err;
    EXPECT_FALSE(built(row.name)) << row.name;
    EXPECT_FALSE(build({"--target", row.name}).ok()) << row.name << " passed the second time";
  }
  ASSERT_TRUE(configure({"-DCAIRN_CHECK_REVISIONS=OFF"}).ok());
  EXPECT_TRUE(build().ok());
  EXPECT_TRUE(built("empty"));
}

TEST_F(BuildCheck, leaves_out_what_asks_for_no_check) {
  write("empty.cpp", "int answer = 42;\n");
  write("CMakeLists.txt", head_of_project + "cairn_add_revision(empty SOURCE empty.cpp NO_CHECK)\n");
  ASSERT_TRUE(configure().ok());
  EXPECT_TRUE(build().ok());
  EXPECT_TRUE(built("empty"));
}

TEST_F(BuildCheck, graph_check_finds_what_does_not_fit) {
  struct Row { const char* name; std::vector<std::vector<std::string>> revisions; const char* sentence; const char* with_any_heads; };
  const std::vector<std::string> first = {"id = a1"};
  const Row table[] = {
      {"one head", {first, {"id = b1", "down_revision = a1"}}, "", ""},
      {"a seed beside it", {first, {"id = b1", "down_revision = a1"}, {"id = s1", "down_revision = a1", "seed = yes"}}, "", ""},
      {"two heads", {first, {"id = b1", "down_revision = a1"}, {"id = c1", "down_revision = a1"}}, "the schema has 2 heads", ""},
      {"duplicate", {first, {"id = a1", "message = again"}}, "\"a1\"", "\"a1\""},
      {"missing parent", {{"id = b1", "down_revision = a0"}}, "there is no such revision", "there is no such revision"},
      {"loop", {{"id = a1", "down_revision = b1"}, {"id = b1", "down_revision = a1"}}, "a1", "a1"},
      {"none", {}, "there are no revisions in", "there are no revisions in"},
  };
  write("CMakeLists.txt", head_of_project + "cairn_add_revision_directory(revisions GROUP team)\n"
                                            "cairn_add_graph_check(history GROUPS team)\n"
                                            "cairn_add_graph_check(several PLUGINS more ALLOW_HEADS)\n");
  fs::create_directories(project_ / "more");
  for (const Row& row : table) {
    fs::remove_all(project_ / "revisions");
    write("revisions/.gitkeep", "");
    fs::create_directories(project_ / "build/plugins/team");
    int number = 0;
    for (const std::vector<std::string>& header : row.revisions)
      write_revision("revisions/" + header[0].substr(5) + "_" + std::to_string(++number), header);
    ASSERT_TRUE(configure().ok());
    const Finished made = build();
    ASSERT_TRUE(made.ok()) << row.name << made.out << made.err;
    const Finished tested = test();
    EXPECT_EQ(tested.ok(), *row.sentence == '\0' && *row.with_any_heads == '\0') << row.name << tested.out;
    EXPECT_TRUE(says(tested, row.sentence)) << row.name << tested.out;
    EXPECT_EQ(says(tested, "several ..........................   Passed"), *row.with_any_heads == '\0') << row.name << tested.out;
  }
}

TEST_F(BuildCheck, graph_check_says_what_to_do_without_a_runner) {
  write_revision("revisions/a1_first", {"id = a1"});
  write("CMakeLists.txt", head_of_project + "cairn_add_revision_directory(revisions)\ncairn_add_graph_check(history)\n");
  const fs::path bare = folder() / "the sdk alone";
  require({.argv = {CAIRN_CMAKE, "--install", CAIRN_BUILD, "--component", "sdk", "--prefix", bare.string()}});
  ASSERT_TRUE(configure({}, bare).ok());
  ASSERT_TRUE(build().ok()) << "revisions are built without a runner too";
  const Finished tested = test();
  EXPECT_FALSE(tested.ok());
  EXPECT_TRUE(says(tested, "name it with -DCAIRN_RUNNER=<path of cairn>")) << tested.out;
  const std::string named = "-DCAIRN_RUNNER=" + (prefix() / "bin/cairn").string();
  ASSERT_TRUE(configure({named}, bare).ok());
  EXPECT_TRUE(test().ok());
  const Finished refused = configure({"-DCAIRN_RUNNER=/bin/true"}, bare);
  EXPECT_FALSE(refused.ok());
  EXPECT_TRUE(says(refused, "CAIRN_RUNNER names /bin/true, which cannot be used: it is another")) << refused.err;
}

TEST_F(BuildCheck, package_tells_its_version_and_that_of_the_abi) {
  struct Row { const char* name; const char* lists; const char* refusal; };
  const Row table[] = {
      {"any version", "find_package(Cairn REQUIRED CONFIG)", ""},
      {"this one", "find_package(Cairn 0.1 REQUIRED CONFIG)\nif(NOT \"${Cairn_ABI_MAJOR}.${Cairn_ABI_MINOR}\" MATCHES \"^1[.][0-9]+$\")\n"
                   "message(FATAL_ERROR \"no ABI\")\nendif()", ""},
      {"the next one", "find_package(Cairn 0.2 REQUIRED CONFIG)", "with requested version"},
      {"the ABI taken for the version", "find_package(Cairn 1 REQUIRED CONFIG)", "with requested version"},
      {"a later ABI", "find_package(Cairn 0.1 REQUIRED CONFIG)\nfile(WRITE x.cpp \"\")\ncairn_add_revision(x SOURCE x.cpp ABI_MINOR 999)",
       "ABI_MINOR 999 needs a newer SDK"},
      {"an unknown argument", "find_package(Cairn 0.1 REQUIRED CONFIG)\ncairn_add_graph_check(x GROUP a)", "unknown arguments: GROUP;a"},
      {"no enable_testing", "find_package(Cairn 0.1 REQUIRED CONFIG)\ncairn_add_graph_check(x)", "call enable_testing() before"},
  };
  for (const Row& row : table) {
    fs::remove_all(project_);
    write("CMakeLists.txt", std::string("cmake_minimum_required(VERSION 3.22)\nproject(Team LANGUAGES CXX)\n") + row.lists + "\n");
    const Finished configured = configure({"-Werror=dev"});
    EXPECT_EQ(configured.ok(), *row.refusal == '\0') << row.name << configured.err;
    EXPECT_TRUE(says(configured, row.refusal)) << row.name << configured.err;
  }
}

}  // namespace
}  // namespace cairn::test
