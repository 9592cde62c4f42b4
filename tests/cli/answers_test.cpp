// Pages that are printed by the program, or held against what it prints.
#include "cli/json_answers.hpp"
#include "cli/json_schema.hpp"
#include "support/file_text.hpp"
#include "support/process.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;

struct Page {
  const char* name;
  const char* file;
};

TEST(Documents, are_as_the_program_prints_them) {
  for (const Page& page : {Page{"cli", "cli.md"}, Page{"exit-codes", "exit-codes.md"}, Page{"rules", "lint.md"}}) {
    const Finished printed = run({.argv = {CAIRN_BINARY, "--document", page.name}});
    EXPECT_EQ(read_file(fs::path(CAIRN_DOCS) / page.file), printed.out)
        << "stale: run  cairn --document " << page.name << " > docs/" << page.file;
  }
}

TEST(Documents, tell_of_each_key_what_the_program_prints) {
  const Finished printed = run({.argv = {CAIRN_BINARY, "--document", "configuration"}});
  ASSERT_EQ(printed.code, 0);
  EXPECT_NE(read_file(fs::path(CAIRN_DOCS) / "configuration.md").find(printed.out), std::string::npos)
      << "stale: put what  cairn --document configuration  prints into docs/configuration.md";
}

const std::vector<JsonAnswer>& answers() {
  static const std::vector<JsonAnswer> all = read_json_answers(CAIRN_TRANSCRIPTS);
  return all;
}

const JsonSchema& schema() {
  static const JsonSchema one(Json::parse(read_file(fs::path(CAIRN_DOCS) / "schema" / "answer-1.json")));
  return one;
}

std::vector<std::string> commands() {
  std::istringstream lines(run({.argv = {CAIRN_BINARY, "--document", "commands"}}).out);
  std::vector<std::string> names;
  for (std::string line; std::getline(lines, line);) names.push_back(line);
  return names;
}

std::string faults_of(const Json& document) {
  std::string text;
  for (const std::string& fault : schema().faults_of(document)) text += fault + "\n";
  return text;
}

void collect_keys(const Json& json, std::set<std::string>& keys) {
  if (json.is_object())
    for (const auto& [key, value] : json.items()) keys.insert(key);
  if (json.is_structured())
    for (const auto& value : json) collect_keys(value, keys);
}

TEST(JsonAnswers, stand_in_the_transcripts_for_every_command) {
  std::set<std::string> answered;
  for (const JsonAnswer& answer : answers()) answered.insert(answer.document["command"].get<std::string>());
  EXPECT_FALSE(commands().empty());
  for (const std::string& command : commands()) EXPECT_TRUE(answered.contains(command)) << "no answer of " << command;
}

TEST(JsonAnswers, conform_to_the_schema) {
  for (const JsonAnswer& answer : answers()) EXPECT_EQ(faults_of(answer.document), "") << answer.where;
}

TEST(JsonAnswers, tell_the_exit_code_and_the_error_behind_it) {
  for (const JsonAnswer& answer : answers()) {
    EXPECT_EQ(answer.document["exit"], answer.code) << answer.where;
    EXPECT_EQ(answer.document.contains("error"), answer.code != 0) << answer.where;
  }
}

/// Every command can be refused before it does anything.
TEST(JsonAnswers, are_given_by_every_command_that_is_refused) {
  for (const std::string& command : commands())
    for (const char* option : {"--no-such-option", "--config=/nonexistent/cairn.toml"}) {
      const Finished finished = run({.argv = {CAIRN_BINARY, command, "--json", option}, .directory = "/"});
      ASSERT_NE(finished.code, 0) << command << " " << option;
      EXPECT_EQ(finished.err, "") << command << " " << option;
      const Json document = Json::parse(finished.out, nullptr, false);
      ASSERT_TRUE(document.is_object()) << command << " " << option << ": " << finished.out;
      EXPECT_EQ(faults_of(document), "") << command << " " << option;
      EXPECT_EQ(document["command"], command);
      EXPECT_EQ(document["exit"], finished.code);
    }
}

TEST(JsonAnswers, have_no_key_that_the_page_does_not_name) {
  const std::string page = read_file(fs::path(CAIRN_DOCS) / "json.md");
  std::set<std::string> keys;
  for (const JsonAnswer& answer : answers()) collect_keys(answer.document, keys);
  for (const std::string& key : keys) EXPECT_NE(page.find("`" + key + "`"), std::string::npos) << "docs/json.md lacks " << key;
}

struct Wrong {
  const char* name;
  const char* document;
  const char* faults;
};

/// The schema and its checker are no mere decoration: each row is refused for one reason.
TEST(JsonSchema, refuses_what_is_not_an_answer) {
  const Wrong rows[] = {
      {"an answer", R"({"cairn": 1, "command": "db", "exit": 0})", ""},
      {"no version", R"({"command": "db", "exit": 0})", ": no cairn\n"},
      {"another version", R"({"cairn": 2, "command": "db", "exit": 0})", "/cairn: is not 1\n"},
      {"an unknown key", R"({"cairn": 1, "command": "db", "exit": 0, "colour": "red"})", ": the schema knows no colour\n"},
      {"an unknown key below", R"({"cairn": 1, "command": "db", "exit": 2, "error": {"category": "usage", "message": "m", "why": ""}})",
       "/error: the schema knows no why\n"},
      {"a failure without error", R"({"cairn": 1, "command": "db", "exit": 2})", ": no error\n"},
      {"an error without message", R"({"cairn": 1, "command": "db", "exit": 2, "error": {"category": "usage"}})", "/error: no message\n"},
      {"a wrong type in a list", R"({"cairn": 1, "command": "stamp", "exit": 0, "rows_after": ["a", 1]})", "/rows_after/1: is no string\n"},
      {"an unknown word", R"({"cairn": 1, "command": "plan", "exit": 2, "error": {"category": "usage", "message": "m"}, "database": "d",
        "dry_run": true, "rows_before": [], "rows_after": [], "steps": [{"direction": "sideways", "id": "a", "message": ""}]})",
       "/steps/0/direction: is none of [\"up\",\"down\"]\n"},
      {"steps without rows", R"({"cairn": 1, "command": "upgrade", "exit": 0, "database": "d", "dry_run": true, "rows_before": [], "steps": []})",
       ": no rows_after\n"},
      {"a list without its revisions", R"({"cairn": 1, "command": "heads", "exit": 0})", ": no revisions\n"},
      {"a line of zero", R"({"cairn": 1, "command": "db", "exit": 2, "error": {"category": "usage", "message": "m", "at": {"file": "f", "line": 0}}})",
       "/error/at/line: is less than 1\n"},
  };
  for (const Wrong& row : rows) EXPECT_EQ(faults_of(Json::parse(row.document)), row.faults) << row.name;
}

TEST(JsonSchema, is_refused_with_a_rule_that_is_not_checked) {
  EXPECT_THROW(JsonSchema(Json::parse(R"({"properties": {"a": {"pattern": "x"}}})")), std::runtime_error);
}

}  // namespace
}  // namespace cairn::test
