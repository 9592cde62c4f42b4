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

Paths further_folders() {
  const char* further = std::getenv("CAIRN_CONFORMANCE_DIR");
  std::istringstream list(further == nullptr ? "" : further);
  Paths folders;
  for (std::string folder; std::getline(list, folder, ':');)
    if (!folder.empty()) folders.emplace_back(folder);
  return folders;
}

struct Tally {
  int ran = 0;
  int as_recorded = 0;
  std::map<std::string, std::string> on_purpose;   ///< case to reason
};

/// A record that lacks what its command needs is no agreement.
Answer ask_or_fail(const Case& one) {
  try {
    return ask(one);
  } catch (const std::exception& error) {
    ADD_FAILURE() << one.name << " cannot be compared: " << error.what();
    return {"", "no comparison"};
  }
}

void run(const Case& one, Tally& tally) {
  ++tally.ran;
  const Answer answer = ask_or_fail(one);
  if (answer.difference.empty()) {
    ++tally.as_recorded;
    return;
  }
  const std::string_view reason = reason_to_differ(one, answer);
  if (reason.empty()) ADD_FAILURE() << one.name << " (" << one.command << "): " << answer.difference;
  else tally.on_purpose.emplace(one.name, reason);
}

int passed(const Tally& tally) { return tally.as_recorded + static_cast<int>(tally.on_purpose.size()); }

/// One file that cannot be read does not keep the others from being run.
CaseFile read_or_fail(const std::filesystem::path& file) {
  try {
    return read_cases(file);
  } catch (const std::exception& error) {
    return {{}, {error.what()}};
  }
}

void run(const std::filesystem::path& file, Tally& total) {
  Tally tally;
  const CaseFile found = read_or_fail(file);
  for (const std::string& problem : found.unreadable) ADD_FAILURE() << file << ": " << problem;
  for (const Case& one : found.cases) run(one, tally);
  fmt::print("{}: {} of {} cases passed: {} as recorded, {} different on purpose\n", file.filename().string(), passed(tally),
             tally.ran, tally.as_recorded, tally.on_purpose.size());
  EXPECT_GT(tally.ran, 0) << file << " holds no case";
  total.ran += tally.ran;
  total.as_recorded += tally.as_recorded;
  total.on_purpose.merge(tally.on_purpose);
}

Tally run_folder(const std::filesystem::path& folder) {
  Tally total;
  Paths files;
  try {
    files = case_files(folder);
    if (files.empty()) ADD_FAILURE() << folder << " holds no case file (*.json)";
  } catch (const std::exception& error) {
    ADD_FAILURE() << error.what();
  }
  for (const auto& file : files) run(file, total);
  fmt::print("{}: {} cases ran, {} passed\n", folder.string(), total.ran, passed(total));
  return total;
}

TEST(Conformance, answers_as_recorded_but_for_the_cases_listed_by_name) {
  const std::map<std::string, std::string> found = run_folder(CAIRN_CONFORMANCE_DATA "/cases").on_purpose;
  const auto listed = read_known_differences(CAIRN_CONFORMANCE_DATA "/known_differences.json");
  for (const auto& [name, reason] : found) EXPECT_TRUE(listed.contains(name)) << name << " is not listed: " << reason;
  for (const auto& [name, reason] : listed) {
    const auto match = found.find(name);
    if (match == found.end()) ADD_FAILURE() << name << " is listed, and is not answered otherwise: " << reason;
    else EXPECT_EQ(match->second, reason) << name;
  }
}

TEST(Conformance, answers_the_cases_of_further_folders_as_recorded_or_otherwise_on_purpose) {
  for (const auto& folder : further_folders())
    for (const auto& [name, reason] : run_folder(folder).on_purpose) fmt::print("  {}: {}\n", name, reason);
}

/// Further folders come from elsewhere: what is wrong with them must show, and not hide the rest.
TEST(ConformanceCases, are_read_as_documented) {
  const auto found = read_cases(CAIRN_CONFORMANCE_DATA "/broken_cases.json");
  ASSERT_EQ(found.cases.size(), 2u);
  EXPECT_EQ(found.cases[0].name, "short form");
  EXPECT_EQ(ask(found.cases[0]).difference, "");
  EXPECT_EQ(found.cases[1].targets, (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(found.unreadable.size(), 4u);
  EXPECT_NE(found.unreadable[0].find("no command: "), std::string::npos) << found.unreadable[0];
  EXPECT_NE(found.unreadable[1].find("case 4: "), std::string::npos) << found.unreadable[1];
  EXPECT_EQ(found.unreadable[2], "no answer: it says neither expect nor expect_error");
  EXPECT_NE(found.unreadable[3].find("a number for a graph: "), std::string::npos) << found.unreadable[3];
}

}  // namespace
}  // namespace cairn::conformance
