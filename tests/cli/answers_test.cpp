// Pages that are printed by the program, or held against what it prints.
#include "support/process.hpp"
#include "support/transcript.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string read_text(const fs::path& file) {
  std::ifstream input(file);
  EXPECT_TRUE(input.is_open()) << file;
  return {std::istreambuf_iterator<char>(input), {}};
}

struct Page {
  const char* name;
  const char* file;
};

TEST(Documents, are_as_the_program_prints_them) {
  for (const Page& page : {Page{"cli", "cli.md"}, Page{"exit-codes", "exit-codes.md"}}) {
    const Finished printed = run({.argv = {CAIRN_BINARY, "--document", page.name}});
    EXPECT_EQ(read_text(fs::path(CAIRN_DOCS) / page.file), printed.out)
        << "stale: run  cairn --document " << page.name << " > docs/" << page.file;
  }
}

/// A JSON answer of a transcript.
struct JsonAnswer {
  std::string where;
  std::string command_line;
  int code = 0;
  Json document;
};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// Numbers that differ from run to run stand in transcripts as <ms>, <pid> or <number>.
std::string with_numbers(const std::string& text) { return std::regex_replace(text, std::regex(R"(": <(ms|pid|number)>)"), "\": 0"); }

std::vector<JsonAnswer> read_answers() {
  std::vector<JsonAnswer> answers;
  for (const auto& entry : fs::directory_iterator(CAIRN_TRANSCRIPTS)) {
    if (entry.path().extension() != ".transcript") continue;
    for (const TranscriptPart& part : parse_transcript(read_text(entry.path())).parts) {
      const auto* invocation = std::get_if<Invocation>(&part);
      if (invocation == nullptr || invocation->expected.out.empty() || invocation->expected.out.front() != "{") continue;
      const std::string where = entry.path().filename().string() + ":" + std::to_string(invocation->line);
      answers.push_back({where, invocation->text, invocation->expected.code,
                         Json::parse(with_numbers(joined(invocation->expected.out)))});
    }
  }
  return answers;
}

const std::vector<JsonAnswer>& answers() {
  static const std::vector<JsonAnswer> all = read_answers();
  return all;
}

void collect_keys(const Json& json, std::set<std::string>& keys) {
  if (json.is_object())
    for (const auto& [key, value] : json.items()) keys.insert(key);
  if (json.is_structured())
    for (const auto& value : json) collect_keys(value, keys);
}

using Type = Json::value_t;

/// What docs/json.md says of the keys of an object: their types, and which are always there.
struct Key {
  const char* name;
  Type type;
  bool always;
};

bool has_type(const Json& value, Type type) {
  return value.type() == type || (type == Type::number_integer && value.is_number_integer());
}

void check_keys(const JsonAnswer& answer, const Json& object, const std::vector<Key>& keys) {
  for (const Key& key : keys) {
    if (key.always) {
      EXPECT_TRUE(object.contains(key.name)) << answer.where << ": no " << key.name;
    }
    if (object.contains(key.name)) {
      EXPECT_TRUE(has_type(object[key.name], key.type)) << answer.where << ": type of " << key.name;
    }
  }
}

void check_error(const JsonAnswer& answer, const Json& error) {
  check_keys(answer, error, {{"category", Type::string, true}, {"message", Type::string, true}, {"detail", Type::string, false},
                             {"hint", Type::string, false}, {"sqlstate", Type::string, false}, {"at", Type::object, false},
                             {"context", Type::array, false}, {"database", Type::string, false}, {"also", Type::array, false}});
  if (error.contains("at"))
    check_keys(answer, error["at"], {{"file", Type::string, true}, {"line", Type::number_integer, false},
                                     {"column", Type::number_integer, false}, {"excerpt", Type::string, false},
                                     {"caret", Type::number_integer, false}});
  if (error.contains("also"))
    for (const Json& other : error["also"]) check_error(answer, other);
}

TEST(JsonAnswers, are_there_for_every_command) {
  std::set<std::string> commands;
  for (const JsonAnswer& answer : answers()) commands.insert(answer.document["command"].get<std::string>());
  EXPECT_EQ(commands, (std::set<std::string>{"", "branches", "current", "db", "downgrade", "heads", "history", "import", "inspect", "plan",
                                             "show", "stamp", "upgrade", "version"}));
}

TEST(JsonAnswers, begin_alike_and_tell_the_exit_code) {
  for (const JsonAnswer& answer : answers()) {
    check_keys(answer, answer.document, {{"cairn", Type::number_integer, true}, {"command", Type::string, true},
                                         {"exit", Type::number_integer, true}, {"error", Type::object, answer.code != 0}});
    EXPECT_EQ(answer.document["cairn"], 1) << answer.where;
    EXPECT_EQ(answer.document["exit"], answer.code) << answer.where;
    EXPECT_EQ(answer.document.contains("error"), answer.code != 0) << answer.where;
    if (answer.code != 0) check_error(answer, answer.document["error"]);
  }
}

TEST(JsonAnswers, of_runs_and_lists_have_the_documented_types) {
  for (const JsonAnswer& answer : answers()) {
    for (const Json& revision : answer.document.value("revisions", Json::array()))
      check_keys(answer, revision, {{"id", Type::string, true}, {"known", Type::boolean, true}, {"down_revision", Type::array, true},
                                    {"depends_on", Type::array, true}, {"labels", Type::array, true},
                                    {"children", Type::array, true}, {"kind", Type::string, true},
                                    {"transactional", Type::boolean, true}, {"estimated_ms", Type::number_integer, true},
                                    {"head", Type::boolean, true}, {"current", Type::boolean, true}});
    for (const Json& step : answer.document.value("steps", Json::array()))
      check_keys(answer, step, {{"direction", Type::string, true}, {"id", Type::string, true}, {"message", Type::string, true},
                                {"state", Type::string, false}, {"ms", Type::number_integer, false}});
    check_keys(answer, answer.document, {{"database", Type::string, false}, {"dry_run", Type::boolean, false},
                                         {"rows_before", Type::array, false}, {"rows_after", Type::array, false},
                                         {"revisions", Type::array, false}, {"steps", Type::array, false},
                                         {"files", Type::array, false}, {"local", Type::object, false},
                                         {"connection", Type::object, false}, {"url", Type::string, false}});
  }
}

TEST(JsonAnswers, have_no_key_that_the_page_does_not_name) {
  const std::string page = read_text(fs::path(CAIRN_DOCS) / "json.md");
  std::set<std::string> keys;
  for (const JsonAnswer& answer : answers()) collect_keys(answer.document, keys);
  for (const std::string& key : keys) EXPECT_NE(page.find("`" + key + "`"), std::string::npos) << "docs/json.md lacks " << key;
}

}  // namespace
}  // namespace cairn::test
