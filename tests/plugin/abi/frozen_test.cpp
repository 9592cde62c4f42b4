#include "support/file_text.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

const fs::path root = CAIRN_TEST_ROOT;
const fs::path tables = root / "tests/plugin/abi";

std::string header() { return read_file(root / "sdk/include/cairn/abi.h"); }

std::string without_comments(const std::string& text) { return std::regex_replace(text, std::regex(R"(/\*[^]*?\*/)"), ""); }

std::set<std::string> all_matches(const std::string& text, const std::regex& what) {
  std::set<std::string> found;
  for (auto at = std::sregex_iterator(text.begin(), text.end(), what); at != std::sregex_iterator(); ++at)
    found.insert((*at)[1].str());
  return found;
}

/// Constants, and "struct, member", as the header defines them.
std::set<std::string> names_of_header() {
  const std::string text = without_comments(header());
  std::set<std::string> names = all_matches(text, std::regex(R"(#define (CAIRN_\w+) )"));
  names.erase("CAIRN_ABI_MINOR");
  const std::regex a_struct(R"(typedef struct (\w+) \{([^}]*)\})");
  for (auto at = std::sregex_iterator(text.begin(), text.end(), a_struct); at != std::sregex_iterator(); ++at)
    for (const std::string& member : all_matches((*at)[2].str(), std::regex(R"(\b(\w+)(?:;|\)\())")))
      if (!member.empty()) names.insert((*at)[1].str() + ", " + member);
  return names;
}

TEST(FrozenTables, hold_every_constant_and_every_member_of_the_header) {
  std::string frozen;
  for (const auto& file : fs::directory_iterator(tables))
    if (file.path().extension() == ".c") frozen += read_file(file.path());
  const std::set<std::string> names = names_of_header();
  EXPECT_GT(names.size(), 90U);
  for (const std::string& name : names)
    EXPECT_NE(frozen.find("(" + name + (name.find(',') == name.npos ? "" : ",")), std::string::npos)
        << name << " stands in no table of tests/plugin/abi";
}

/// Whether the table of 1.0 compiles with this header.
bool holds(const std::string& changed_header, const std::string& compiler, const std::string& language) {
  const TemporaryDirectory directory;
  fs::create_directory(directory / "cairn");
  write_file(directory / "cairn/abi.h", changed_header);
  return run({.argv = {compiler, "-std=" + language, "-fsyntax-only", "-w", "-I" + directory.path().string(),
                       (tables / (language == "c11" ? "frozen_1_0.c" : "frozen_1_0.cpp")).string()}})
      .ok();
}

struct Change {
  const char* name;
  const char* from;
  const char* to;
  bool may_be;
};

const Change changes[] = {
    {"nothing", "", "", true},
    {"a member at the end of the host table", "} cairn_host;", "  void (*later)(cairn_step *);\n} cairn_host;", true},
    {"a member at the end of the descriptor", "} cairn_plugin;", "  uint64_t later;\n} cairn_plugin;", true},
    {"a member in the middle of the host table", "  void (*log)", "  void (*more)(cairn_step *);\n  void (*log)", false},
    {"a call that is gone", "  int32_t (*cancelled)(cairn_step *);", "", false},
    {"a member more in what has no size", "} cairn_place;", "  uint64_t column;\n} cairn_place;", false},
    {"two members that have changed places", "cairn_text detail;\n  cairn_text hint;", "cairn_text hint;\n  cairn_text detail;", false},
    {"a parameter of another type", "uint32_t action", "uint64_t action", false},
    {"another tag", "#define CAIRN_TAG_PHASE 15u", "#define CAIRN_TAG_PHASE 20u", false},
    {"another flag", "#define CAIRN_FLAG_SEED 0x8u", "#define CAIRN_FLAG_SEED 0x40u", false},
    {"a tag that is no longer critical", "(10u | CAIRN_TAG_CRITICAL)", "10u", false},
};

TEST(FrozenTables, let_structs_grow_and_nothing_else) {
  for (const Change& change : changes) {
    std::string text = header();
    const std::size_t at = text.find(change.from);
    ASSERT_NE(at, text.npos) << change.name;
    text.replace(at, std::string(change.from).size(), change.to);
    EXPECT_EQ(holds(text, CAIRN_TEST_C_COMPILER, "c11"), change.may_be) << change.name;
    EXPECT_EQ(holds(text, CAIRN_TEST_CXX_COMPILER, "c++20"), change.may_be) << change.name;
  }
}

}  // namespace
}  // namespace cairn::test
