// A bundle of this build: what is in it, that it is always the same, and that it works where it is put.
#include "bundle/bundle_maker.hpp"
#include "plugin/dynamic_section.hpp"
#include "support/runner.hpp"
#include "support/sql_plugin_file.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

class Bundle : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    place_ = std::make_unique<TemporaryDirectory>(fast_parent());
    BundleMaker().require(folder());
  }
  static void TearDownTestSuite() { place_.reset(); }
  /// Each is large, and what the next test needs is the first one alone.
  void TearDown() override {
    for (const auto& entry : fs::directory_iterator(place_->path()))
      if (entry.path() != folder() && entry.path().filename() != ".lock") fs::remove_all(entry.path());
  }
  static fs::path folder() { return place_->path() / "shop"; }
  static fs::path place(const char* name) { return place_->path() / name; }

  /// What it says for itself, wherever it was made.
  Runner runner_{.program = folder() / "bin/cairn"};

 private:
  inline static std::unique_ptr<TemporaryDirectory> place_;
};

TEST_F(Bundle, holds_runner_worker_plugins_lock_and_manifest) {
  const auto tree = tree_of(folder());
  for (const char* name : {"bin/cairn", "libexec/cairn/cairn-worker", "lib/cairn/cairn.lock", "manifest.json",
                           "lib/cairn/plugins/seeds/2864583ca021_seed_initial_data.so",
                           "lib/cairn/plugins/arcoirispos/37a02ec8662a_init_schema.so"})
    EXPECT_TRUE(tree.contains(name)) << name;
}

TEST_F(Bundle, applies_and_undoes_its_revisions) {
  TestDatabase database;
  runner_.require(database.url(), {"upgrade", "heads"});
  EXPECT_EQ(runner_.require(database.url(), {"current"}), "2864583ca021 (head)\n");
  runner_.require(database.url(), {"downgrade", "base"});
  EXPECT_EQ(runner_.require(database.url(), {"current"}), "base: nothing is applied\n");
}

TEST_F(Bundle, tells_who_has_moved_the_database_on) {
  TestDatabase database;
  runner_.require(database.url(), {"upgrade", "heads"});
  BundleMaker().require(place("older"), {"--target", "37a02ec8662a"});
  const Runner older{.program = place("older") / "bin/cairn"};
  EXPECT_EQ(older.require(database.url(), {"heads"}), "37a02ec8662a (head)\n");
  const Finished finished = older.run(database.url(), {"upgrade", "head"});
  EXPECT_EQ(finished.code, 8);
  const std::string client = database.value("SELECT client FROM cairn_journal ORDER BY entry DESC LIMIT 1");
  EXPECT_TRUE(finished.err.starts_with("error: the database is ahead of this bundle: it is at revision \"2864583ca021\", which it does not hold\n"
                                       "  detail: Applied by " + client + " on ")) << finished.err;
  EXPECT_NE(finished.err.find("hint: Use the bundle that holds \"2864583ca021\": a newer one, or one with a seed that is missing here. To go "
                              "back to what is here, type \"cairn downgrade 37a02ec8662a\" with that one.\n"), std::string::npos)
      << finished.err;
}

TEST_F(Bundle, runs_with_its_own_libraries) {
  // The loader prints what it would load, and where from.
  const Finished finished = run({.argv = {(folder() / "bin/cairn").string()}, .environment = {{"LD_TRACE_LOADED_OBJECTS", "1"}}});
  for (const auto& library : fs::directory_iterator(folder() / "lib/cairn/libs")) {
    const std::string name = library.path().filename().string();
    const std::string loaded = name + " => " + (folder() / "bin/../lib/cairn/libs" / name).string();
    EXPECT_NE(finished.out.find(loaded), std::string::npos) << name << "\n" << finished.out;
  }
}

TEST_F(Bundle, is_the_same_however_it_is_made) {
  const BundleMaker strange{.environment = {{"TZ", "Asia/Tokyo"}, {"LC_ALL", "C"}, {"SOURCE_DATE_EPOCH", std::nullopt}}};
  strange.require(place("again"));
  EXPECT_EQ(tree_of(place("again")), tree_of(folder()));
}

TEST_F(Bundle, is_the_same_as_an_archive) {
  const BundleMaker dated{.environment = {{"SOURCE_DATE_EPOCH", "1763654400"}}};
  const BundleMaker strange{.environment = {{"SOURCE_DATE_EPOCH", "1763654400"}, {"TZ", "Asia/Tokyo"}, {"LC_ALL", "C"}}};
  dated.require(place("one.tar.gz"));
  strange.require(place("two.tgz"));
  EXPECT_TRUE(read_file(place("one.tar.gz")) == read_file(place("two.tgz")));
  const Finished listed = run({.argv = {"tar", "-tvzf", place("one.tar.gz").string()}, .environment = {{"TZ", "UTC"}}});
  std::istringstream lines(listed.out);
  for (std::string line; std::getline(lines, line);) EXPECT_NE(line.find(" 2025-11-20 16:00 "), std::string::npos) << line;
  fs::create_directory(place("unpacked"));
  ASSERT_TRUE(run({.argv = {"tar", "-xpzf", place("one.tar.gz").string(), "-C", place("unpacked").string()}}).ok());
  EXPECT_EQ(tree_of(place("unpacked")), tree_of(folder()));
}

TEST_F(Bundle, can_be_read_by_everybody_whoever_has_made_it) {
  const std::string output = place("private").string();
  ASSERT_TRUE(run({.argv = {"sh", "-c", "umask 077; exec \"$@\"", "sh", CAIRN_BINARY, "bundle", "-o", output},
                   .environment = {{"CAIRN_PLUGINS", CAIRN_TEST_PLUGINS}}}).ok());
  EXPECT_EQ(tree_of(output), tree_of(folder()));
}

TEST_F(Bundle, makes_itself_again) {
  const BundleMaker inside{.program = folder() / "bin/cairn", .environment = {{"CAIRN_PLUGINS", std::nullopt}}};
  inside.require(place("child"));
  EXPECT_EQ(tree_of(place("child")), tree_of(folder()));
}

TEST_F(Bundle, says_the_digest_of_every_file) {
  const std::string manifest = read_file(folder() / "manifest.json");
  for (const auto& [name, content] : tree_of(folder())) {
    if (fs::is_directory(folder() / name) || name == "manifest.json") continue;
    const Finished summed = run({.argv = {"sha256sum", (folder() / name).string()}});
    const std::string entry = "\"path\": \"" + name + "\",\n      \"sha256\": \"" + summed.out.substr(0, 64) + "\"";
    EXPECT_NE(manifest.find(entry), std::string::npos) << entry;
  }
}

TEST_F(Bundle, tells_nothing_of_the_machine_it_was_made_on) {
  for (const char* file : {"manifest.json", "lib/cairn/cairn.lock"}) {
    const std::string text = read_file(folder() / file);
    EXPECT_EQ(text.find(fs::path(CAIRN_BINARY).parent_path().string()), std::string::npos) << file;
    EXPECT_EQ(text.find(place("").string()), std::string::npos) << file;
  }
}

/// A copy that something was done to.
class Tampered : public Bundle {
 protected:
  /// The programs and libraries are linked, not copied: they are large, and nothing is done to them.
  void SetUp() override {
    constexpr auto linked = fs::copy_options::recursive | fs::copy_options::create_hard_links;
    fs::create_directories(copy_ / "lib/cairn");
    for (const char* name : {"bin", "libexec", "lib/cairn/libs"}) fs::copy(folder() / name, copy_ / name, linked);
    for (const char* name : {"lib/cairn/plugins", "lib/cairn/cairn.lock", "manifest.json"})
      fs::copy(folder() / name, copy_ / name, fs::copy_options::recursive);
  }

  /// Nothing was run: neither code of a plugin nor a statement.
  void expect_refused(const std::string& why) {
    TestDatabase database;
    const Finished finished = tampered_.run(database.url(), {"upgrade", "heads"});
    EXPECT_EQ(finished.code, 4) << finished.out << finished.err;
    EXPECT_NE(finished.err.find(why), std::string::npos) << finished.err;
    EXPECT_EQ(database.value("SELECT to_regclass('alembic_version') IS NULL"), "t");
    EXPECT_EQ(tampered_.run("", {"history"}).code, 4);
  }

  fs::path copy_ = place("tampered");
  fs::path seed_ = copy_ / "lib/cairn/plugins/seeds/2864583ca021_seed_initial_data.so";
  fs::path lock_ = copy_ / "lib/cairn/cairn.lock";
  Runner tampered_{.program = copy_ / "bin/cairn"};
};

TEST_F(Tampered, plugin_is_refused) {
  std::ofstream(seed_, std::ios::app) << "one more line";
  expect_refused("revision 2864583ca021 was rebuilt since it was locked");
  expect_refused("hint: Unpack the bundle again");
}

TEST_F(Tampered, lock_is_refused) {
  std::string text = read_file(lock_);
  const std::size_t digest = text.find("2864583ca021") + 13;
  text[digest] = text[digest] == '0' ? '1' : '0';
  write_file(lock_, text);
  expect_refused("revision 2864583ca021 was rebuilt since it was locked");
}

TEST_F(Tampered, folder_without_its_lock_is_refused) {
  fs::remove(lock_);
  expect_refused(lock_.string());
}

TEST_F(Tampered, folder_with_one_plugin_more_is_refused) {
  write_sql_plugin(copy_ / "lib/cairn/plugins/more.so", {.id = "9f9f", .up = "SELECT 1"});
  expect_refused("revision 9f9f is not in the lock file");
}

TEST_F(Tampered, folder_with_one_plugin_less_is_refused) {
  fs::remove(seed_);
  expect_refused("revision 2864583ca021 is in the lock file, and no plugin holds it");
}

TEST_F(Tampered, plugin_is_run_by_who_insists) {
  std::ofstream(seed_, std::ios::app) << "one more line";
  EXPECT_EQ(tampered_.require("", {"config", "trust.locked"}), "true\n");
  tampered_.environment["CAIRN_LOCKED"] = "false";
  EXPECT_EQ(tampered_.require("", {"heads"}), "2864583ca021 (head)\n");
}

/// An empty entry would mean the working directory of whoever runs it.
TEST_F(Bundle, looks_for_libraries_nowhere_but_in_itself) {
  for (const auto& [file, wanted] : std::map<std::string, std::string>{{"bin/cairn", "$ORIGIN/../lib/cairn/libs"},
                                                                       {"libexec/cairn/cairn-worker", "$ORIGIN/../../lib/cairn/libs"}}) {
    const std::string bytes = read_file(folder() / file);
    EXPECT_EQ(read_dynamic_section(MemoryBytes(bytes)).run_path, wanted);
  }
}

TEST_F(Bundle, is_not_made_into_a_folder_that_holds_something) {
  const auto before = tree_of(folder());
  const Finished finished = BundleMaker().run(folder());
  EXPECT_EQ(finished.code, 3);
  EXPECT_EQ(tree_of(folder()), before);
  fs::create_directory(place("empty"));
  BundleMaker().require(place("empty"));
  EXPECT_EQ(tree_of(place("empty")), before);
}

TEST_F(Bundle, leaves_nothing_behind_when_the_disk_is_full) {
  const fs::path full = place("full");
  fs::create_directory(full);
  // The limit is in blocks of 512 bytes; without the trap it would end the program.
  const Finished finished = run({.argv = {"sh", "-c", "trap '' XFSZ; ulimit -f 1000; exec \"$@\"", "sh", CAIRN_BINARY, "bundle", "-o", "shop"},
                                 .environment = {{"CAIRN_PLUGINS", CAIRN_TEST_PLUGINS}},
                                 .directory = full});
  EXPECT_EQ(finished.code, 3) << finished.err;
  EXPECT_NE(finished.err.find("File too large"), std::string::npos) << finished.err;
  EXPECT_EQ(names_of(tree_of(full)), std::vector<std::string>{});
}

}  // namespace
}  // namespace cairn::test
