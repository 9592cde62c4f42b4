// Text for terminals and for pull requests, as it is to be read: in expected/. What is printed on purpose is taken over with
// bin/smoke_sample FORM > tests/smoke_report/expected/FORM.txt
#include "smoke_report/sample.hpp"
#include "support/file_text.hpp"

#include "report/columns.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>

namespace cairn::test {
namespace {

std::string expected(const char* form) { return read_file(std::filesystem::path(CAIRN_EXPECTED) / (std::string(form) + ".txt")); }

constexpr Format terminal{.kind = Kind::text, .columns = 80};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(Summary, is_short_and_says_what_to_do) { EXPECT_EQ(render(make_sample().report, terminal), expected("text")); }

TEST(Summary, tells_more_when_asked) {
  Format format = terminal;
  format.verbose = true;
  EXPECT_EQ(render(make_sample().report, format), expected("verbose"));
}

TEST(Summary, fits_the_terminal_whatever_the_names_are) {
  for (const std::size_t columns : {80u, 120u}) {
    Format format = terminal;
    format.columns = columns;
    for (const Sample& sample : {make_sample(), make_hostile_sample()})
      for (const std::string& line : lines_of(render(sample.report, format))) EXPECT_LE(columns_of(line), columns) << line;
  }
}

TEST(Summary, has_no_control_characters) {
  const std::string text = render(make_hostile_sample().report, terminal);
  EXPECT_TRUE(std::none_of(text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7F; }));
  EXPECT_NE(text.find("<U+202E>"), text.npos);
}

TEST(Summary, says_when_no_revision_was_to_be_proven) {
  Sample sample = make_sample();
  for (Proof& proof : sample.report.result.proofs) proof.asked = false;
  EXPECT_EQ(render(sample.report, terminal).substr(0, 39), "No revision is to be proven by itself.\n");
}

TEST(Summary, bounds_long_lists) {
  Sample sample = make_sample();
  Trial& down = sample.proof("37a02ec8662a").down;
  down.verdict = Verdict::differs;
  for (int i = 0; i < 17; ++i) down.differences.push_back({Change::left_over, "table", "public.t" + std::to_string(i), "", "{}"});
  const std::string text = render(sample.report, terminal);
  EXPECT_NE(text.find("public.t4\n                and 12 more; --json shows all\n"), text.npos);
  EXPECT_EQ(text.find("public.t5"), text.npos);
}

TEST(Summary, says_nothing_of_success_when_it_is_to_be_quiet) {
  Format format = terminal;
  format.quiet = true;
  EXPECT_EQ(render(make_quiet_sample().report, format), "");
  EXPECT_NE(render(make_sample().report, format), "");
}

TEST(Summary, tells_why_the_build_passes_with_findings) {
  Sample sample = make_sample();
  sample.report.result.gate.reset();
  EXPECT_NE(render(sample.report, terminal).find("the build passes: no finding is to fail it\n"), std::string::npos);
}

TEST(PullRequest, has_all_parts_in_their_order) { EXPECT_EQ(render_markdown(make_sample().report), expected("markdown")); }

/// What is neither in a block nor in a span of code.
std::string prose_of(const std::string& text) {
  std::string prose;
  std::string fence;
  for (std::string line : lines_of(text)) {
    const std::string ticks = line.substr(0, std::min(line.find_first_not_of('`'), line.size()));
    if (ticks.size() >= 3 && (fence.empty() || (fence == ticks && line == ticks))) fence = fence.empty() ? ticks : "";
    else if (fence.empty()) prose += std::regex_replace(line, std::regex(R"((`+)[^`](|.*?[^`])\1(?!`))"), "") + "\n";
  }
  return prose;
}

std::vector<std::string> headings_of(const std::string& prose) {
  std::vector<std::string> headings;
  for (const std::string& line : lines_of(prose))
    if (line.starts_with("# ") || line.starts_with("## ")) headings.push_back(line);
  return headings;
}

TEST(PullRequest, keeps_its_structure_with_hostile_names) {
  const std::string prose = prose_of(render_markdown(make_hostile_sample().report));
  EXPECT_EQ(headings_of(prose), headings_of(prose_of(render_markdown(make_sample().report))));
  EXPECT_NE(prose.find("taken over"), prose.npos);
  for (const char* reference : {"@octocat", "#1 "}) EXPECT_EQ(prose.find(reference), prose.npos) << reference;
  for (const char* tag : {"<script", "<img"})
    for (std::size_t at = prose.find(tag); at != prose.npos; at = prose.find(tag, at + 1))
      EXPECT_EQ(prose[at - 1], '\\') << prose.substr(at, 60);
}

TEST(PullRequest, stays_within_what_forges_take) {
  const Sample sample = make_large_sample(400, 5);
  const std::string text = render_markdown(sample.report);
  EXPECT_LT(text.size(), 65'000u);
  EXPECT_NE(text.find("more; --json shows all"), text.npos);
}

TEST(PullRequest, claims_no_downgrade_that_was_not_tried) {
  Sample sample = make_quiet_sample();
  constexpr const char* claim = "All downgrades were tried";
  EXPECT_NE(render_markdown(sample.report).find(claim), std::string::npos);
  sample.proof("37a02ec8662a").down = Trial{};
  sample.proof("37a02ec8662a").down.why = "the upgrade failed";
  const std::string text = render_markdown(sample.report);
  EXPECT_EQ(text.find(claim), text.npos);
  EXPECT_NE(text.find("- `37a02ec8662a`: not tried: the upgrade failed\n"), text.npos);
}

TEST(PullRequest, names_the_command_that_leads_back) {
  struct Row { const char* only; const char* line; };
  const Row rows[] = {
      {"000000000001", "- Command: `cairn downgrade base`, which also takes back what was applied on top\n"},
      {"a3f29c5561be", "- Command: `cairn downgrade 91d0f7aa3b18`, which also takes back what was applied on top\n"},
      {"91d0f7aa3b18", "- Command: _to be filled in: they rest on several revisions"},
      {"b70e1d84c9a2", "- `b70e1d84c9a2` is not reversible: restore the backup\n"},
  };
  for (const Row& row : rows) {
    Sample sample = make_sample();
    for (Proof& proof : sample.report.result.proofs) proof.asked = proof.revision->id == row.only;
    EXPECT_NE(render_markdown(sample.report).find(row.line), std::string::npos) << row.only;
  }
}

}  // namespace
}  // namespace cairn::test
