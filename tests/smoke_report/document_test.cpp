// The answer for programs, held against the schema and the page that tell of it.
#include "cli/json_schema.hpp"
#include "smoke_report/sample.hpp"
#include "support/file_text.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

Json document_of(const Sample& sample) { return Json::parse(render(sample.report, {.kind = Kind::json})); }

void collect_keys(const Json& json, std::set<std::string>& keys) {
  if (json.is_object())
    for (const auto& [key, value] : json.items()) keys.insert(key);
  if (json.is_structured())
    for (const auto& value : json) collect_keys(value, keys);
}

TEST(SmokeDocument, conforms_to_the_schema) {
  const JsonSchema schema(Json::parse(read_file(fs::path(CAIRN_DOCS) / "schema" / "answer-1.json")));
  for (const Sample& sample : {make_sample(), make_quiet_sample(), make_hostile_sample()}) {
    std::string faults;
    for (const std::string& fault : schema.faults_of(document_of(sample))) faults += fault + "\n";
    EXPECT_EQ(faults, "");
  }
}

TEST(SmokeDocument, has_no_key_that_the_page_does_not_name) {
  const std::string page = read_file(fs::path(CAIRN_DOCS) / "json.md");
  std::set<std::string> keys;
  collect_keys(document_of(make_sample()), keys);
  EXPECT_GT(keys.size(), 40u);
  for (const std::string& key : keys) EXPECT_NE(page.find("`" + key + "`"), page.npos) << "docs/json.md lacks " << key;
}

TEST(SmokeDocument, holds_everything) {
  const Json document = document_of(make_large_sample(3, 400));
  ASSERT_EQ(document["proofs"].size(), 3u);
  EXPECT_EQ(document["proofs"][2]["up_effects"]["statements"].size(), 400u);
  EXPECT_GT(document["proofs"][2]["up_effects"]["statements"][399]["text"].get<std::string>().size(), 5000u);
}

TEST(SmokeDocument, says_what_fails) {
  const Json document = document_of(make_sample());
  EXPECT_EQ(document["exit"], 1);
  EXPECT_EQ(document["passed"], false);
  std::string failing;
  for (const Json& finding : document["findings"])
    if (finding["fails"].get<bool>()) failing += finding["rule"].get<std::string>() + " ";
  EXPECT_EQ(failing, "index-blocks-writes index-blocks-writes downgrade-fails second-upgrade-differs ");
  EXPECT_EQ(document["rules"].size(), 6u);
  EXPECT_EQ(document_of(make_quiet_sample())["exit"], 0);
}

}  // namespace
}  // namespace cairn::test
