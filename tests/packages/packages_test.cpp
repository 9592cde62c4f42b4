#include "packages/debian_root.hpp"
#include "packages/listing.hpp"
#include "support/file_text.hpp"
#include "support/runner.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

/// In the source folder, where the presets are.
void require(const Lines& argv) {
  const Finished finished = run({.argv = argv, .environment = {{"SOURCE_DATE_EPOCH", "1764547200"}},
                                 .directory = CAIRN_SOURCE_DIR, .deadline = std::chrono::minutes(50)});
  if (!finished.ok()) throw std::runtime_error(argv.front() + " failed:\n" + finished.out + finished.err);
}

/// All packages, packed twice from one build. It is compiled with the options of dev, for which ccache has the objects.
class Packages : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryDirectory>();
    require({CAIRN_CMAKE, "--preset", "package-test"});
    require({CAIRN_CMAKE, "--build", "--preset", "package-test"});
    for (const char* time : {"first", "again"}) require({CAIRN_CPACK, "--preset", "package-test", "-B", (folder_->path() / time).string()});
  }
  static void TearDownTestSuite() { folder_.reset(); }

  static std::vector<fs::path> made(const char* time = "first") {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder_->path() / time))
      if (entry.path().extension() == ".deb") files.push_back(entry.path());
    return files;
  }

  static std::string name_of(const fs::path& package) {
    const std::string file = package.filename().string();
    return file.substr(0, file.find('_'));
  }

  static void install(const DebianRoot& root, const Lines& names) {
    Lines words{"-i"};
    for (const std::string& name : names) words.push_back(file_of(name));
    root.require(words);
  }

  static std::string file_of(const std::string& name) {
    for (const fs::path& package : made())
      if (name_of(package) == name) return package.string();
    throw std::runtime_error("no package is called " + name);
  }

  static Runner runner(const DebianRoot& root) { return {.program = root.path() / "usr/bin/cairn"}; }

 private:
  inline static std::unique_ptr<TemporaryDirectory> folder_;
};

TEST_F(Packages, are_one_for_each_part_and_seed) {
  Lines names;
  for (const fs::path& package : made()) names.push_back(name_of(package));
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (Lines{"cairn", "cairn-arcoirispos", "cairn-sdk", "cairn-seed-demo-data", "cairn-seed-initial-data",
                          "cairn-seed-tax-settings"}));
}

TEST_F(Packages, hold_what_the_listings_say) {
  for (const fs::path& package : made()) {
    const fs::path file = fs::path(CAIRN_LISTINGS) / (name_of(package) + ".txt");
    const std::string listing = listing_of(package);
    if (environment_variable("CAIRN_UPDATE_LISTINGS") == "1") write_file(file, listing);
    EXPECT_EQ(listing, read_file(file)) << "if it is right, run again with CAIRN_UPDATE_LISTINGS=1 and review the difference";
  }
}

TEST_F(Packages, are_the_same_bytes_when_they_are_packed_again) {
  for (const fs::path& package : made()) {
    const fs::path again = package.parent_path().parent_path() / "again" / package.filename();
    EXPECT_TRUE(read_file(package) == read_file(again)) << package.filename();
  }
}

TEST_F(Packages, ask_for_what_they_rest_on) {
  struct Row { const char* package; const char* needs; };
  const Row table[] = {{"cairn-arcoirispos", "cairn-abi-1"},
                       {"cairn-seed-initial-data", "cairn-arcoirispos"},
                       {"cairn-seed-tax-settings", "cairn-seed-initial-data"},
                       {"cairn-seed-demo-data", "cairn-seed-initial-data"}};
  const DebianRoot root;
  install(root, {"cairn"});
  install(root, {"cairn-arcoirispos"});
  for (const Row& row : table) {
    const DebianRoot bare;
    const Finished finished = bare.dpkg({"-i", file_of(row.package)});
    EXPECT_FALSE(finished.ok());
    EXPECT_NE(finished.err.find(std::string(row.package) + " depends on " + row.needs), std::string::npos) << finished.err;
  }
  EXPECT_FALSE(root.dpkg({"-r", "cairn"}).ok()) << "the chain still needs it";
  const DebianRoot sdk_alone;
  install(sdk_alone, {"cairn-sdk"});
}

TEST_F(Packages, give_a_runner_with_the_seeds_of_this_machine) {
  const DebianRoot root;
  TestDatabase database;
  const Runner cairn = runner(root);
  install(root, {"cairn", "cairn-arcoirispos", "cairn-seed-initial-data"});
  EXPECT_EQ(cairn.require("", {"heads"}), "2864583ca021 (head)\n");
  cairn.require(database.url(), {"upgrade", "head"});
  EXPECT_EQ(cairn.require(database.url(), {"current"}), "2864583ca021 (head)\n");

  install(root, {"cairn-seed-tax-settings", "cairn-seed-demo-data"});
  EXPECT_EQ(cairn.require("", {"heads"}), "2864583ca021 (effective head)\n9b1f4c7e2a60 (tax_settings) (head)\nc4d8a61f03b7 (demo_data) (head)\n");
  cairn.require(database.url(), {"upgrade", "heads"});
  EXPECT_EQ(database.value("SELECT count(*) FROM pos.sales"), "28");

  cairn.require(database.url(), {"downgrade", "demo_data@base"});
  root.require({"-r", "cairn-seed-demo-data"});
  EXPECT_EQ(cairn.require(database.url(), {"current", "--check-heads"}), "2864583ca021 (effective head)\n9b1f4c7e2a60 (tax_settings) (head)\n");
  root.require({"-r", "cairn-seed-tax-settings"});
  EXPECT_EQ(cairn.run(database.url(), {"upgrade", "head"}).code, 8) << "the database has a row that no plugin defines";
}

TEST_F(Packages, run_with_the_chain_alone) {
  const DebianRoot root;
  TestDatabase database;
  install(root, {"cairn", "cairn-arcoirispos"});
  runner(root).require(database.url(), {"upgrade", "head"});
  EXPECT_EQ(runner(root).require(database.url(), {"current"}), "853113448960 (head)\n");
}

TEST_F(Packages, leave_nothing_when_they_are_purged) {
  const DebianRoot root;
  const Lines before = root.files();
  Lines words{"--purge"};
  Lines names;
  for (const fs::path& package : made()) names.push_back(name_of(package));
  install(root, names);
  EXPECT_GT(root.files().size(), before.size() + 20);
  words.insert(words.end(), names.begin(), names.end());
  root.require(words);
  EXPECT_EQ(root.files(), before);
}

}  // namespace
}  // namespace cairn::test
