// Revisions in C++, through the real program and its worker.

#include "support/process.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace cairn::test {
namespace {

using nlohmann::json;

/// One run for all tests: what hangs takes its time.
json run_smoke() {
  Command command{.argv = {CAIRN_BINARY, "-p", CAIRN_TEST_CODE, "smoke", "--json", "--deadline", "3"}};
  command.directory = "/";
  command.environment = {{"DATABASE_URL", std::nullopt}, {"CAIRN_DATABASE", std::nullopt}};
  command.deadline = std::chrono::minutes(3);
  const Finished finished = Process(command).wait();
  return json::parse(finished.out);
}

const json& answer() {
  static const json value = run_smoke();
  return value;
}

std::map<std::string, json> proofs_by_id() {
  std::map<std::string, json> proofs;
  for (const json& proof : answer().at("proofs")) proofs[proof.at("id")] = proof;
  return proofs;
}

std::string verdicts_of(const json& proof) {
  std::string text;
  for (const char* passage : {"up", "down", "up_again"}) text += proof.at(passage).at("verdict").get<std::string>() + " ";
  return text;
}

TEST(SmokeOfCode, gives_up_what_hangs_and_proves_the_rest) {
  auto proofs = proofs_by_id();
  EXPECT_EQ(verdicts_of(proofs["good"]), "passed passed passed ");
  for (const char* hanging : {"spins", "asks"}) {
    EXPECT_EQ(verdicts_of(proofs[hanging]), "failed left out left out ");
    EXPECT_EQ(proofs[hanging].at("up").at("error").at("message"), "it did not end within 3 s, and was given up");
  }
}

TEST(SmokeOfCode, sees_its_statements_with_their_lines) {
  auto proofs = proofs_by_id();
  std::vector<std::string> seen;
  for (const json& statement : proofs["good"].at("up_effects").at("statements"))
    seen.push_back(statement.at("text").get<std::string>() + " at " + std::to_string(statement.at("at").at("line").get<int>()));
  EXPECT_EQ(seen, (std::vector<std::string>{"CREATE TABLE numbers (n int) at 8", "INSERT INTO numbers VALUES (1), (2) at 9",
                                            "CREATE INDEX numbers_n ON numbers (n) at 10"}));
}

TEST(SmokeOfCode, takes_an_acceptance_with_its_reason) {
  std::string reason = "not found";
  for (const json& finding : answer().at("findings"))
    if (finding.value("id", "") == "good" && finding.at("rule") == "rows-outside-seeds") reason = finding.value("accepted_because", "");
  EXPECT_EQ(reason, "they come with the table");
}

}  // namespace
}  // namespace cairn::test
