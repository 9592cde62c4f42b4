#include "lint/levels.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cairn {
namespace {

Finding finding_of(const std::string& rule, const std::string& revision = "a") {
  Finding finding;
  finding.rule = rule;
  finding.level = find_rule(rule)->level;
  finding.revision = revision;
  return finding;
}

struct LevelRow {
  const char* rule;
  const char* written;   ///< null: the project says nothing of it
  const char* judged;    ///< null: it is left out
};

TEST(Levels, are_those_of_the_project_where_it_says_something) {
  const LevelRow rows[] = {
      {"irreversible", nullptr, "note"}, {"irreversible", "warning", "warning"}, {"irreversible", "error", "error"},
      {"several-heads", "note", "note"}, {"several-heads", "off", nullptr}, {"downgrade-fails", "off", nullptr},
  };
  for (const LevelRow& row : rows) {
    WrittenLevels written{{"header-incomplete", "off"}};
    if (row.written != nullptr) written[row.rule] = row.written;
    const std::vector<Finding> judged = Levels(written).apply({finding_of(row.rule), finding_of("header-incomplete")});
    ASSERT_EQ(judged.size(), row.judged == nullptr ? 0U : 1U) << row.rule;
    if (row.judged != nullptr) {
      EXPECT_EQ(name_of(judged.front().level), row.judged) << row.rule;
    }
  }
}

TEST(Levels, refuse_all_names_that_are_no_rules_and_say_which_was_meant) {
  try {
    Levels({{"irreversibel", "note"}, {"no-such-thing-at-all", "off"}, {"several-heads", "fatal"}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::configuration);
    EXPECT_EQ(error.message(), "\"irreversibel\" of [smoke.rules] is no rule");
    EXPECT_EQ(error.hint(), "Did you mean \"irreversible\"?");
    ASSERT_EQ(error.also().size(), 2U);
    EXPECT_EQ(error.also()[0].hint(), "docs/lint.md lists the rules.");
    EXPECT_EQ(error.also()[1].message(), "\"fatal\" is no level for the rule \"several-heads\"");
  }
}

TEST(Levels, have_names_that_are_read_back) {
  for (const Level level : {Level::note, Level::warning, Level::error}) EXPECT_EQ(find_level(name_of(level)), level);
  EXPECT_EQ(find_level("off"), std::nullopt);
}

TEST(Acceptance, holds_for_its_rule_in_its_revision) {
  Revision accepting;
  accepting.id = "a";
  accepting.accepts = {{"irreversible", "the column holds nothing"}, {"several-heads", "for a week"}};
  std::vector<Finding> findings{finding_of("irreversible"), finding_of("irreversible", "b"), finding_of("header-incomplete"),
                                finding_of("several-heads", "")};
  accept(findings, std::vector{accepting});
  EXPECT_EQ(findings[0].accepted, "the column holds nothing");
  EXPECT_EQ(findings[1].accepted, "");
  EXPECT_EQ(findings[2].accepted, "");
  EXPECT_EQ(findings[3].accepted, "");   // it is not about that revision alone
}

TEST(Rules, have_ids_of_their_own_and_say_what_to_do) {
  std::set<std::string_view> ids;
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_FALSE(rule.title.empty() || rule.why.empty() || rule.instead.empty()) << rule.id;
    EXPECT_EQ(rule.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), rule.id.npos) << rule.id;
  }
}

}  // namespace
}  // namespace cairn
