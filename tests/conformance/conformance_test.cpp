#include "conformance/answer.hpp"
#include "conformance/case_file.hpp"
#include "conformance/known_differences.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <sstream>

namespace cairn::conformance {
namespace {

using Paths = std::vector<std::filesystem::path>;

Paths further_files() {
  const char* further = std::getenv("CAIRN_CONFORMANCE_DIR");
  std::istringstream folders(further == nullptr ? "" : further);
  Paths files;
  for (std::string folder; std::getline(folders, folder, ':');)
    if (!folder.empty())
      for (auto& file : case_files(folder)) files.push_back(std::move(file));
  return files;
}

struct Tally {
  int ran = 0;
  int as_recorded = 0;
  std::map<std::string, std::string> on_purpose;   ///< case to reason
};

void run(const Case& one, Tally& tally) {
  ++tally.ran;
  const Answer answer = ask(one);
  if (answer.difference.empty()) {
    ++tally.as_recorded;
    return;
  }
  const std::string_view reason = reason_to_differ(one, answer);
  if (reason.empty()) ADD_FAILURE() << one.name << " (" << one.command << "): " << answer.difference;
  else tally.on_purpose.emplace(one.name, reason);
}

Tally run(const std::filesystem::path& file) {
  Tally tally;
  for (const Case& one : read_cases(file)) run(one, tally);
  fmt::print("{}: {} of {} cases passed: {} as recorded, {} different on purpose\n", file.filename().string(),
             tally.as_recorded + static_cast<int>(tally.on_purpose.size()), tally.ran, tally.as_recorded,
             tally.on_purpose.size());
  EXPECT_GT(tally.ran, 0) << file << " holds no case";
  return tally;
}

TEST(Conformance, answers_as_recorded_but_for_the_cases_listed_by_name) {
  std::map<std::string, std::string> found;
  for (const auto& file : case_files(CAIRN_CONFORMANCE_DATA "/cases")) found.merge(run(file).on_purpose);
  const auto listed = read_known_differences(CAIRN_CONFORMANCE_DATA "/known_differences.json");
  for (const auto& [name, reason] : found) EXPECT_TRUE(listed.contains(name)) << name << " is not listed: " << reason;
  for (const auto& [name, reason] : listed) {
    const auto match = found.find(name);
    if (match == found.end()) ADD_FAILURE() << name << " is listed, and is not answered otherwise: " << reason;
    else EXPECT_EQ(match->second, reason) << name;
  }
}

TEST(Conformance, answers_the_cases_of_further_folders_as_recorded_or_otherwise_on_purpose) {
  for (const auto& file : further_files()) run(file);
}

}  // namespace
}  // namespace cairn::conformance
