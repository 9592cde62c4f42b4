#include "support/file_text.hpp"
#include "support/runner.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <sstream>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// "1.0/gcc", "1.0/clang": the folders of binaries of every minor.
std::vector<std::string> golden_folders() {
  std::vector<std::string> folders;
  for (const auto& minor : fs::directory_iterator(CAIRN_TEST_GOLDEN)) {
    if (!minor.is_directory()) continue;
    for (const auto& compiler : fs::directory_iterator(minor))
      if (compiler.is_directory() && compiler.path().filename() != "sources")
        folders.push_back((minor.path().filename() / compiler.path().filename()).string());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

/// The plugins of one folder, installed as files of our own, and a database.
class Golden : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    fs::copy(fs::path(CAIRN_TEST_GOLDEN) / GetParam(), directory_.path(), fs::copy_options::recursive);
    runner_.options = {"--plugins", directory_.path().string()};
  }

  Finished run(Words words) { return runner_.run(database_.url(), std::move(words)); }
  void expect_done(Words words) {
    const Finished finished = run(std::move(words));
    EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  }

  TemporaryDirectory directory_;
  TestDatabase database_;
  Runner runner_{.program = CAIRN_TEST_BIN};
};

/// What the code of 1.0 saw of every call that answers.
const Words seen_1_0 = {"0 execute", "2 run", "2 word", "1 NULL", "2 two!", "3 three!", "1 savepoint", "2 recovered",
                        "2 copy_in", "5 copy_out 12", "0 told"};

TEST(GoldenFolders, hold_what_both_compilers_made_of_every_minor) {
  EXPECT_EQ(golden_folders(), (Words{"1.0/clang", "1.0/gcc"}));
}

const fs::path document = fs::path(CAIRN_TEST_GOLDEN) / "../../../docs/plugin-abi.md";
const std::string documented = "tests/plugin/golden/1.0/gcc/g10_bare.so";
const fs::path documented_file = fs::path(CAIRN_TEST_GOLDEN) / "../../.." / documented;

/// The bytes of all lines "0010  6e 00 00 00   what they are".
std::string bytes_of_dump(const std::string& text) {
  constexpr std::size_t columns_of_bytes = 50;
  std::string bytes;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!std::regex_search(line, std::regex("^[0-9a-f]{4}  [0-9a-f]{2} "))) continue;
    EXPECT_EQ(std::stoul(line.substr(0, 4), nullptr, 16), bytes.size()) << line;
    std::istringstream numbers(line.substr(6, columns_of_bytes));
    for (std::string number; numbers >> number;) bytes += static_cast<char>(std::stoul(number, nullptr, 16));
  }
  return bytes;
}

TEST(GoldenNote, stands_in_the_document_byte_by_byte) {
  const std::string bytes = bytes_of_dump(read_file(document));
  ASSERT_GT(bytes.size(), 100U);
  EXPECT_NE(read_file(documented_file).find(bytes), std::string::npos);
}

TEST(GoldenNote, is_inspected_as_the_document_says) {
  const Finished inspected =
      test::run({.argv = {CAIRN_TEST_BIN, "inspect", documented}, .directory = fs::path(CAIRN_TEST_GOLDEN) / "../../.."});
  EXPECT_EQ(inspected.code, 0) << inspected.err;
  EXPECT_NE(read_file(document).find("$ cairn inspect " + documented + "\n" + inspected.out + "```"), std::string::npos) << inspected.out;
}

TEST_P(Golden, goes_up_and_down_as_on_the_day_it_was_built) {
  expect_done({"upgrade", "g10_bare", "-x", "golden=told"});
  EXPECT_EQ(database_.column("SELECT number || ' ' || what FROM golden_seen"), seen_1_0);
  EXPECT_EQ(database_.value("SELECT to_regclass('golden_word') IS NOT NULL"), "t");
  expect_done({"upgrade", "g10_seed"});
  EXPECT_EQ(database_.value("SELECT word FROM golden WHERE id = 100"), "seeded");
  expect_done({"downgrade", "base"});
  EXPECT_EQ(database_.value("SELECT to_regclass('golden') IS NULL AND to_regclass('golden_seen') IS NULL"), "t");
}

TEST_P(Golden, runs_its_code_in_the_runner_as_well) {
  expect_done({"upgrade", "g10_bare", "-x", "golden=told", "--isolation=none"});
  EXPECT_EQ(database_.column("SELECT number || ' ' || what FROM golden_seen"), seen_1_0);
}

TEST_P(Golden, tells_its_own_errors) {
  expect_done({"upgrade", "g10_code"});
  const Finished refused = run({"downgrade", "-1", "-x", "golden=stay"});
  EXPECT_EQ(refused.code, 9);
  EXPECT_NE(refused.err.find("it was told to stay"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("code.cpp, line 43"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("Leave out -x golden=stay."), std::string::npos) << refused.err;
}

TEST_P(Golden, knows_that_there_is_no_way_back) {
  expect_done({"upgrade", "heads"});
  const Finished refused = run({"downgrade", "g10_sql"});
  EXPECT_NE(refused.code, 0);
  EXPECT_NE(refused.err.find("g10_final"), std::string::npos) << refused.err;
}

TEST_P(Golden, is_recorded_where_its_code_looks_at_offline) {
  const Finished shown = run({"show", "g10_bare"});
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_NE(shown.out.find("CREATE INDEX CONCURRENTLY golden_word"), std::string::npos) << shown.out;
}

INSTANTIATE_TEST_SUITE_P(Minor, Golden, testing::ValuesIn(golden_folders()), [](const auto& row) {
  std::string name = row.param;
  std::replace_if(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace cairn::test
