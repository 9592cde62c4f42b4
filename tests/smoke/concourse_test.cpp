// A real history of 155 revisions. What its downgrades are worth was measured with psql and pg_dump alone; the ladder has to say
// the same of each.

#include "smoke/concourse.hpp"

#include "support/process.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <map>
#include <string>

namespace cairn::test {
namespace {

using Verdicts = std::map<std::string, std::string>;

/// All others come back as they were.
const Verdicts& expected() {
  static const Verdicts table{
      {"1513895878", "passed differs passed"},     {"1516643303", "passed alike passed"},
      {"1517330648", "passed differs passed"},     {"1520796340", "passed differs passed"},
      {"1529692120", "passed differs passed"},     {"1533739478", "passed alike passed"},
      {"1537546150", "passed alike passed"},  {"1543420137", "passed differs passed"},
      {"1548260637", "passed alike passed"},  {"1548261635", "passed alike passed"},
      {"1548349925", "passed alike passed"},  {"1552943209", "passed alike passed"},
      {"1554133547", "passed differs passed"},     {"1579713186", "passed differs passed"},
      {"1579713194", "passed differs passed"},     {"1579713196", "passed alike passed"},
      {"1584109185", "passed alike passed"},  {"1597342429", "passed alike passed"},
      {"1601993587", "passed differs passed"},     {"1602860419", "passed differs failed"},
      {"1602860420", "passed alike passed"},  {"1603401316", "passed differs passed"},
      {"1606068653", "passed differs passed"},     {"1618347806", "passed differs passed"},
      {"1627322243", "passed differs passed"},     {"1747084615", "passed differs passed"},
  };
  return table;
}

nlohmann::json smoke(const std::filesystem::path& folder) {
  Command command{.argv = {CAIRN_BINARY, "-p", (folder / "plugins").string(), "smoke", "--json"}};
  command.directory = folder;
  command.environment = {{"DATABASE_URL", std::nullopt}, {"CAIRN_DATABASE", std::nullopt}};
  command.deadline = std::chrono::minutes(10);
  const Finished finished = Process(command).wait();
  EXPECT_EQ(finished.code, 1) << finished.err;   // there is something to find
  return nlohmann::json::parse(finished.out);
}

std::string verdicts_of(const nlohmann::json& proof) {
  const auto word = [&](const char* passage) { return proof.at(passage).at("verdict").get<std::string>(); };
  return word("up") + " " + word("down") + " " + word("up_again");
}

TEST(Concourse, gets_a_truthful_verdict_for_every_revision) {
  const char* practice = std::getenv("CAIRN_PRACTICE_DIR");
  ASSERT_NE(practice, nullptr) << "CAIRN_PRACTICE_DIR names no folder of practice data";
  const TemporaryDirectory folder;
  std::filesystem::create_directory(folder.path() / "plugins");
  ASSERT_EQ(write_concourse(practice, folder.path() / "plugins"), 155U);

  const nlohmann::json answer = smoke(folder.path());
  Verdicts others;
  std::size_t passed = 0;
  for (const auto& proof : answer.at("proofs")) {
    if (const std::string verdicts = verdicts_of(proof); verdicts == "passed passed passed") ++passed;
    else others[proof.at("id")] = verdicts;
  }
  EXPECT_EQ(others, expected());
  EXPECT_EQ(passed, 129U);
  EXPECT_EQ(answer.at("chain").at("down").at("verdict"), "failed");
  EXPECT_EQ(answer.at("chain").at("taken"), 147);
  EXPECT_EQ(answer.at("chain").at("stopped_at"), "1520796340");
}

}  // namespace
}  // namespace cairn::test
