// The smoke run of this repository's own revisions, with its reports left where CI picks them up.
#include "support/file_text.hpp"
#include "support/runner.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

std::size_t count(const std::string& text, const std::string& word) {
  std::size_t found = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
  return found;
}

TEST(SmokeHere, passes_and_leaves_its_reports) {
  const fs::path reports = CAIRN_REPORTS;
  fs::remove_all(reports);
  fs::create_directories(reports);
  const Runner runner{.program = CAIRN_BINARY, .directory = CAIRN_PROJECT, .options = {"--plugins", CAIRN_CHAIN, "--plugins", CAIRN_SEED},
                      .deadline = std::chrono::minutes(5)};
  const Finished finished = runner.run("", {"smoke", "--json", "--junit", reports / "smoke.xml", "--html", reports / "smoke.html"});
  ASSERT_EQ(finished.code, 0) << finished.out << finished.err;
  EXPECT_NE(finished.out.find("\"passed\": true"), std::string::npos) << finished.out;
  EXPECT_EQ(count(finished.out, "\"verdict\": \"failed\"") + count(finished.out, "\"verdict\": \"differs\""), 0U) << finished.out;
  for (const char* id : {"000000000001", "37a02ec8662a", "853113448960", "2864583ca021"})
    for (const char* report : {"smoke.xml", "smoke.html"}) EXPECT_NE(read_file(reports / report).find(id), std::string::npos) << id << " in " << report;
}

}  // namespace
}  // namespace cairn::test
