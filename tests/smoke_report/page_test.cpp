#include "report/smoke_graph.hpp"
#include "report/smoke_page.hpp"
#include "smoke_report/markup.hpp"
#include "smoke_report/sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace cairn::test {
namespace {

Markup read(const Sample& sample) {
  Markup markup = read_markup(render_html(sample.report), Dialect::html);
  EXPECT_EQ(markup.fault, "");
  return markup;
}

std::size_t count_with(const Markup& markup, std::string_view name, const std::string& attribute) {
  const auto elements = markup.named(name);
  return static_cast<std::size_t>(
      std::count_if(elements.begin(), elements.end(), [&](const Element* one) { return one->attributes.contains(attribute); }));
}

std::set<std::string> names_of(const Markup& markup) {
  std::set<std::string> names;
  for (const Element& element : markup.elements) names.insert(element.name);
  return names;
}

TEST(Page, tells_of_every_revision) {
  const Markup markup = read(make_sample());
  const auto details = markup.named("details");
  const auto is_revision = [](const Element* one) {
    return one->attributes.contains("class") && one->attributes.at("class").starts_with("revision");
  };
  EXPECT_EQ(std::count_if(details.begin(), details.end(), is_revision), 9);
  EXPECT_EQ(count_with(markup, "li", "data-row"), 9u);
  EXPECT_EQ(count_with(markup, "li", "data-failing"), 3u);
  EXPECT_EQ(count_with(markup, "li", "data-findings"), 6u);
}

TEST(Page, opens_what_fails) {
  EXPECT_EQ(count_with(read(make_sample()), "details", "open"), 3u);
  EXPECT_EQ(count_with(read(make_quiet_sample()), "details", "open"), 0u);
}

TEST(Page, shows_code_in_advice_as_code) {
  const Markup markup = read(make_sample());
  const auto codes = markup.named("code");
  EXPECT_TRUE(std::any_of(codes.begin(), codes.end(), [](const Element* one) { return one->text == "CREATE INDEX CONCURRENTLY"; }));
}

TEST(Page, points_at_what_went_wrong_though_nothing_fails_the_build) {
  Sample sample = make_sample();
  sample.report.result.gate.reset();
  EXPECT_EQ(count_with(read(sample), "li", "data-failing"), 2u);
  sample.report.result.findings[3].accepted = "the view goes with the next release";
  EXPECT_EQ(count_with(read(sample), "li", "data-failing"), 1u);
}

TEST(Page, says_in_its_title_what_became_of_the_build) {
  EXPECT_EQ(read(make_sample()).named("title").front()->text, "Smoke run: the build fails");
  EXPECT_EQ(read(make_quiet_sample()).named("title").front()->text, "Smoke run: the build passes");
}

TEST(Page, loads_nothing_and_runs_only_its_own_script) {
  for (const Sample& sample : {make_sample(), make_hostile_sample()}) {
    const Markup markup = read(sample);
    ASSERT_EQ(markup.named("script").size(), 1u);
    EXPECT_EQ(markup.named("script").front()->text, page_script());
    ASSERT_EQ(markup.named("style").size(), 1u);
    EXPECT_EQ(markup.named("style").front()->text, page_style());
    for (const Element& element : markup.elements)
      for (const auto& [name, value] : element.attributes) {
        EXPECT_FALSE(name.starts_with("on") || name == "style" || name == "src") << element.name << " has " << name;
        EXPECT_TRUE(name != "href" || value.starts_with('#')) << value;
      }
  }
}

TEST(Page, has_no_other_elements_with_hostile_names) {
  const std::set<std::string> usual = names_of(read(make_sample()));
  for (const std::string& name : names_of(read(make_hostile_sample()))) EXPECT_TRUE(usual.contains(name)) << name;
}

TEST(Page, forbids_what_is_not_its_own) {
  const Markup markup = read(make_quiet_sample());
  const std::string& policy = markup.named("meta").at(1)->attributes.at("content");
  EXPECT_TRUE(policy.starts_with("default-src 'none'; style-src 'sha256-")) << policy;
  EXPECT_EQ(policy.find("unsafe"), policy.npos);
}

TEST(Page, stays_small_with_many_revisions) {
  const Sample sample = make_large_sample(150, 40);
  const std::string page = render_html(sample.report);
  EXPECT_LT(page.size(), 3'000'000u);
  EXPECT_NE(page.find("more; --json shows all"), page.npos);
  EXPECT_EQ(read_markup(page, Dialect::html).fault, "");
}

TEST(RevisionLanes, part_and_meet) {
  const Sample sample = make_sample();
  const RevisionLanes lanes = lay_out(sample.report.result.proofs);
  EXPECT_EQ(lanes.lane_of, (std::vector<std::size_t>{0, 0, 0, 1, 0, 0, 0, 0, 0}));
  EXPECT_EQ(lanes.edges.size(), 9u);
  EXPECT_EQ(lanes.lanes, 2u);
}

TEST(RevisionLanes, never_lead_through_another_revision) {
  const Sample sample = make_sample();
  const RevisionLanes lanes = lay_out(sample.report.result.proofs);
  for (const GraphEdge& edge : lanes.edges)
    for (std::size_t row = edge.from + 1; row < edge.to; ++row) EXPECT_NE(lanes.lane_of[row], edge.lane) << edge.from << " to " << edge.to;
}

TEST(RevisionLanes, know_dependencies_by_their_labels_and_leave_out_what_is_not_there) {
  Sample sample = make_quiet_sample();
  sample.revisions[0].labels = {"shop"};
  sample.revisions[1].depends_on = {"shop", "elsewhere"};
  const RevisionLanes lanes = lay_out(sample.report.result.proofs);
  ASSERT_EQ(lanes.edges.size(), 2u);
  EXPECT_EQ(lanes.edges[1].kind, LinkKind::dependency);
}

}  // namespace
}  // namespace cairn::test
