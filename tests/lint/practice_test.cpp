// Verdicts of others about revisions, against ours. The cases stay where CAIRN_PRACTICE_DIR says.
#include "lint/hazards.hpp"

#include "base/text.hpp"
#include "observe/watched_database.hpp"
#include "support/file_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

namespace cairn::test {
namespace {

struct Counterpart {
  const char* theirs;       ///< what the name of their rule begins with
  const char* ours;         ///< the rule that answers the same question; null: none, and `why` says why
  const char* why = "";
  bool as_one = false;      ///< what stands before is part of the revision that is judged
};

constexpr Counterpart counterparts[] = {
    {"E10 ", "lock-held-on"},
    {"E11 ", "table-rewritten"},
    {"E15 ", "foreign-key-without-index", "told of the revision that makes the key, so both scripts are one", true},
    {"E1 ", "check-scans"},
    {"E2 ", "not-null-scans"},
    {"E3 ", nullptr, "json in a new table breaks no query that is there; column-json looks at tables that are"},
    {"E4 ", "lock-held-on"},
    {"E5 ", "table-rewritten"},
    {"E6 ", "index-blocks-writes"},
    {"E7 ", "constraint-builds-index"},
    {"E8 ", "exclusion-builds-index"},
    {"E9 ", nullptr, "Cairn itself sets lock_timeout for every revision in a transaction"},
    {"W12 ", "alter-in-one"},
    {"W13 ", nullptr, "enum types are what some projects demand: they are no hazard"},
    {"W14 ", "primary-key-scans"},
    {"Removing a column", "column-dropped"},
    {"Changing the type of a column", "column-retyped"},
    {"Renaming a column", "column-renamed"},
    {"Renaming a table", "table-renamed"},
    {"Renaming a schema", "schema-renamed"},
    {"Renaming an enum value", "enum-value-renamed"},
    {"Creating a table with the force option", "table-dropped"},
    {"Adding an auto-incrementing column", "table-rewritten"},
    {"Adding a stored generated column", "table-rewritten"},
    {"Adding a column with a volatile default value", "table-rewritten"},
    {"Adding a foreign key", "foreign-key-scans"},
    {"Adding a check constraint", "check-scans"},
    {"Backfilling data", "backfill-locks"},
    {"Adding an index non-concurrently", "index-blocks-writes"},
    {"Adding a reference", "index-blocks-writes"},
    {"Adding a unique constraint", "constraint-builds-index"},
    {"Adding an exclusion constraint", "exclusion-builds-index"},
    {"Adding a json column", "column-json"},
    {"Setting NOT NULL on an existing column", "not-null-scans"},
    {"Keeping non-unique indexes to three columns or less", "index-wide"},
    {"Removing an index non-concurrently", "index-drop-locks"},
};

const Counterpart* find_counterpart(const std::string& rule) {
  const auto found = std::find_if(std::begin(counterparts), std::end(counterparts),
                                  [&](const Counterpart& one) { return rule.starts_with(one.theirs); });
  return found == std::end(counterparts) ? nullptr : &*found;
}

struct PracticeCase {
  std::string rule;
  std::string name;
  std::string before;
  std::string sql;
  bool unsafe = false;
};

std::string text_at(const nlohmann::json& json, const char* key) { return json.at(key).is_string() ? json.at(key).get<std::string>() : ""; }

std::vector<PracticeCase> read_cases(const std::filesystem::path& file) {
  std::vector<PracticeCase> cases;
  const nlohmann::json list = nlohmann::json::parse(read_file(file));
  for (const auto& json : list)
    cases.push_back({text_at(json, "rule"), text_at(json, "name"), text_at(json, "sql_before"), text_at(json, "sql"),
                     json.at("expected") == "unsafe"});
  return cases;
}

bool needs_no_transaction(std::string sql) {
  std::transform(sql.begin(), sql.end(), sql.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return sql.find("concurrently") != sql.npos;
}

StepEffects watch(WatchedDatabase& database, const PracticeCase& one, const Counterpart& counterpart) {
  if (counterpart.as_one) return database.watch(one.before + one.sql);
  database.watch_bare(one.before);
  return needs_no_transaction(one.sql) ? database.watch_bare(one.sql) : database.watch(one.sql);
}

bool finds(const PracticeCase& one, const Counterpart& counterpart) {
  WatchedDatabase database;
  const std::vector<Finding> findings = find_hazards({}, Direction::up, watch(database, one, counterpart));
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) { return finding.rule == counterpart.ours; });
}

struct Count {
  std::size_t judged = 0;
  std::size_t agreed = 0;
  std::map<std::string, std::size_t> left_out;   ///< by the reason
};

void judge(const PracticeCase& one, Count& count) {
  const Counterpart* const counterpart = find_counterpart(one.rule);
  ASSERT_NE(counterpart, nullptr) << one.rule << " has no counterpart";
  if (counterpart->ours == nullptr) {
    ++count.left_out[one.rule + ": " + counterpart->why];
    return;
  }
  ASSERT_NE(find_rule(counterpart->ours), nullptr) << counterpart->ours;
  const bool found = finds(one, *counterpart);
  EXPECT_EQ(found, one.unsafe) << one.name << " by " << counterpart->ours << "\n" << one.before << "\n-- then\n" << one.sql;
  ++count.judged;
  if (found == one.unsafe) ++count.agreed;
}

TEST(PracticeCases, are_judged_as_others_judge_them) {
  const char* const folder = std::getenv("CAIRN_PRACTICE_DIR");
  ASSERT_NE(folder, nullptr) << "CAIRN_PRACTICE_DIR is not set: it names the folder with lint_cases.json";
  const std::vector<PracticeCase> cases = read_cases(std::filesystem::path(folder) / "lint_cases.json");
  Count count;
  for (const PracticeCase& one : cases) judge(one, count);
  std::size_t left_out = 0;
  for (const auto& [reason, number] : count.left_out) left_out += number;
  std::printf("%zu of %zu cases judged, %zu agree, %zu left out\n", count.judged, cases.size(), count.agreed, left_out);
  for (const auto& [reason, number] : count.left_out) std::printf("  %zu: %s\n", number, reason.c_str());
  EXPECT_EQ(count.judged + left_out, cases.size());
  EXPECT_GE(count.judged, 50U);
}

}  // namespace
}  // namespace cairn::test
