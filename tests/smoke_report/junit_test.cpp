#include "smoke_report/markup.hpp"
#include "smoke_report/sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cairn::test {
namespace {

using Attributes = std::map<std::string, std::string>;

/// The cases in order, with what is in each: "37a02ec8662a_sample/down: failure downgrade-fails".
std::vector<std::string> cases_of(const Markup& markup) {
  std::vector<std::string> cases;
  for (const Element& element : markup.elements) {
    const Attributes& attributes = element.attributes;
    if (element.name == "testcase") cases.push_back(attributes.at("classname") + "/" + attributes.at("name") + ":");
    if (element.name == "failure") cases.back() += " failure " + attributes.at("type");
    if (element.name == "skipped") cases.back() += " skipped: " + attributes.at("message");
    if (element.name == "system-out") cases.back() += " text";
  }
  return cases;
}

Markup read(const Sample& sample) {
  Markup markup = read_markup(render_junit(sample.report), Dialect::xml);
  EXPECT_EQ(markup.fault, "");
  return markup;
}

const Element& failure(const Markup& markup, std::string_view type) {
  for (const Element* one : markup.named("failure"))
    if (one->attributes.at("type") == type) return *one;
  throw std::logic_error("no such failure");
}

TEST(Junit, has_a_case_for_each_passage_and_two_for_the_whole_way) {
  const std::vector<std::string> expected{
      "000000000001_sample/up: text", "000000000001_sample/down:", "000000000001_sample/up again:",
      "37a02ec8662a_sample/up:", "37a02ec8662a_sample/down:", "37a02ec8662a_sample/up again:",
      "5b1c9e20d7f4_sample/up: failure index-blocks-writes failure index-blocks-writes", "5b1c9e20d7f4_sample/down:",
      "5b1c9e20d7f4_sample/up again:",
      "8e44a10b6c52_sample/up:", "8e44a10b6c52_sample/down: failure downgrade-fails", "8e44a10b6c52_sample/up again: skipped: the downgrade failed",
      "91d0f7aa3b18_sample/up:", "91d0f7aa3b18_sample/down: text", "91d0f7aa3b18_sample/up again:",
      "a3f29c5561be_sample/up: text", "a3f29c5561be_sample/down:", "a3f29c5561be_sample/up again:",
      "b70e1d84c9a2_sample/up: text", "b70e1d84c9a2_sample/down: skipped: it is declared irreversible",
      "b70e1d84c9a2_sample/up again: skipped: it is declared irreversible",
      "c81f66d2e035_sample/up:", "c81f66d2e035_sample/down:", "c81f66d2e035_sample/up again:",
      "d92a77e3f146_sample/up:", "d92a77e3f146_sample/down:", "d92a77e3f146_sample/up again: failure second-upgrade-differs",
      "history/whole way down: text", "history/whole way up again: skipped: the way down stopped"};
  EXPECT_EQ(cases_of(read(make_sample())), expected);
}

TEST(Junit, counts_what_it_holds) {
  const Markup markup = read(make_sample());
  const Attributes& suite = markup.named("testsuite").front()->attributes;
  EXPECT_EQ(suite.at("tests"), std::to_string(markup.named("testcase").size()));
  EXPECT_EQ(suite.at("failures"), "3");
  EXPECT_EQ(suite.at("skipped"), std::to_string(markup.named("skipped").size()));
  EXPECT_EQ(suite.at("time"), "12.345");
  EXPECT_EQ(markup.named("testcase").front()->attributes.at("time"), "0.012");
}

TEST(Junit, tells_in_a_failure_what_happened_and_what_to_do) {
  const Markup markup = read(make_sample());
  const std::string& down = failure(markup, "downgrade-fails").text;
  for (const char* part : {"sqlstate: 2BP01", "at: revisions/8e44a10b6c52_loyalty_points/down.sql, line 4, column 1", "why: Whoever has to go back",
                           "instead: Correct the downgrade"})
    EXPECT_NE(down.find(part), down.npos) << part;
  const std::string& again = failure(markup, "second-upgrade-differs").text;
  EXPECT_NE(again.find("left over: index public.orders_open"), again.npos);
}

TEST(Junit, has_no_failure_where_nothing_is_to_fail) {
  Sample sample = make_sample();
  sample.report.result.gate.reset();
  EXPECT_TRUE(read(sample).named("failure").empty());
  EXPECT_TRUE(read(make_quiet_sample()).named("failure").empty());
}

TEST(Junit, fails_for_the_history_too) {
  Sample sample = make_sample();
  sample.report.result.gate = Level::note;
  const std::vector<std::string> cases = cases_of(read(sample));
  EXPECT_NE(std::find(cases.begin(), cases.end(), "history/whole way down: failure no-purpose"), cases.end());
}

TEST(Junit, leaves_out_what_was_only_applied) {
  Sample sample = make_quiet_sample();
  sample.proof("000000000001").asked = false;
  EXPECT_EQ(read(sample).named("testcase").size(), 5u);
}

TEST(Junit, is_well_formed_whatever_the_names_are) {
  const Sample sample = make_hostile_sample();
  const Markup markup = read(sample);
  for (const Element& element : markup.elements) EXPECT_TRUE(element.name != "script" && element.name != "img") << element.name;
  EXPECT_FALSE(markup.named("failure").empty());
}

}  // namespace
}  // namespace cairn::test
