#include "conformance/answer.hpp"
#include "conformance/case_file.hpp"
#include "conformance/known_differences.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <sstream>

namespace cairn::conformance {
namespace {

std::vector<std::filesystem::path> all_files() {
  std::vector<std::filesystem::path> files = case_files(CAIRN_CONFORMANCE_CASES);
  const char* further = std::getenv("CAIRN_CONFORMANCE_DIR");
  std::istringstream folders(further == nullptr ? "" : further);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (!folder.empty())
      for (auto& file : case_files(folder)) files.push_back(std::move(file));
  return files;
}

struct Tally {
  int ran = 0;
  int as_recorded = 0;
  int on_purpose = 0;
};

/// A known difference that is no longer one must go from the list, so it counts as a failure too.
void run(const Case& one, Tally& tally) {
  ++tally.ran;
  const std::string_view reason = find_known_difference(one.name);
  const std::string difference = difference_from_record(one);
  if (difference.empty()) {
    ++tally.as_recorded;
    EXPECT_TRUE(reason.empty()) << one.name << " is answered as recorded, and listed as a difference: " << reason;
  } else if (!reason.empty() || !one.deliberate.empty()) {
    ++tally.on_purpose;
  } else {
    ADD_FAILURE() << one.name << " (" << one.command << "): " << difference;
  }
}

TEST(Conformance, answers_as_recorded_or_differs_on_purpose) {
  for (const auto& file : all_files()) {
    Tally tally;
    for (const Case& one : read_cases(file)) run(one, tally);
    fmt::print("{}: {} cases ran, {} as recorded, {} different on purpose\n", file.filename().string(), tally.ran,
               tally.as_recorded, tally.on_purpose);
    EXPECT_GT(tally.ran, 0) << file << " holds no case";
  }
}

TEST(Conformance, lists_only_differences_that_have_a_case) {
  std::set<std::string> names;
  for (const auto& file : case_files(CAIRN_CONFORMANCE_CASES))
    for (const Case& one : read_cases(file)) names.insert(one.name);
  for (const KnownDifference& difference : known_differences())
    for (const std::string_view name : difference.cases)
      EXPECT_TRUE(names.contains(std::string(name))) << name << " is listed, and there is no such case";
}

}  // namespace
}  // namespace cairn::conformance
