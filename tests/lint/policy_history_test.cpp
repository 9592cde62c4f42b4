#include "lint/policies.hpp"

#include "findings_text.hpp"
#include "support/graph_text.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

using test::text_of;

struct MetadataRow {
  const char* name;
  void (*change)(Revision&);
  const char* slug;
  const char* findings;
};

Revision complete_revision() {
  Revision revision;
  revision.id = "a1";
  revision.down_revisions = {"a0"};
  revision.author = "Ana";
  revision.date = "2025-12-03";
  revision.purpose = "Categories for expenses";
  revision.estimated_ms = 200;
  return revision;
}

const MetadataRow metadata_rows[] = {
    {"complete", [](Revision&) {}, "add_category_id_to_expenses", ""},
    {"no author", [](Revision& r) { r.author.clear(); }, "add_category", "header-incomplete: its header does not state author\n"},
    {"nothing", [](Revision& r) { r.author = r.date = r.purpose = "", r.estimated_ms = 0; }, "add_category",
     "header-incomplete: its header does not state author, date, purpose, estimated_runtime\n"},
    {"a merge has no purpose of its own", [](Revision& r) { r.down_revisions = {"a", "b"}, r.purpose = "", r.estimated_ms = 0; }, "merge_heads", ""},
    {"a merge has an author", [](Revision& r) { r.down_revisions = {"a", "b"}, r.author = ""; }, "merge_heads",
     "header-incomplete: its header does not state author\n"},
    {"one word", [](Revision&) {}, "update",
     "message-says-little: its message makes the name \"update\", which does not say what is done to what\n"},
    {"no word", [](Revision&) {}, "", "message-says-little: its message is empty, or nothing in it can be part of a name\n"},
    {"a phase of a release", [](Revision& r) { r.phase = "expand", r.release = "v0.3.0"; }, "add_category", ""},
    {"a phase of no release", [](Revision& r) { r.phase = "switch"; }, "add_category",
     "phase-without-release: it has the phase switch and no release\n"},
    {"a phase of what is no version", [](Revision& r) { r.phase = "expand", r.release = "next"; }, "add_category",
     "phase-without-release: its release \"next\" is no version\n"},
    {"a contract of this release", [](Revision& r) { r.phase = "contract", r.release = "0.3"; }, "drop_category", ""},
    {"a contract of a later release", [](Revision& r) { r.phase = "contract", r.release = "v0.10.0"; }, "drop_category",
     "contract-ahead-of-release: it belongs to v0.10.0, and v0.3.0 is being made\n"},
    {"an expand of a later release does no harm", [](Revision& r) { r.phase = "expand", r.release = "v0.4.0"; }, "add_category", ""},
};

TEST(Policy, holds_what_a_revision_says_of_itself_against_the_guidelines) {
  for (const MetadataRow& row : metadata_rows) {
    Revision revision = complete_revision();
    row.change(revision);
    const std::vector<Finding> breaches = find_metadata_breaches(revision, row.slug, {.schemas = {}, .baseline = {}, .release = "v0.3.0"});
    EXPECT_EQ(text_of(breaches), row.findings) << row.name;
    for (const Finding& breach : breaches) EXPECT_EQ(breach.revision, "a1") << row.name;
  }
}

TEST(Policy, does_not_judge_a_contract_by_a_release_that_nobody_named) {
  Revision revision = complete_revision();
  revision.phase = "contract";
  revision.release = "v9";
  EXPECT_EQ(text_of(find_metadata_breaches(revision, "drop_category", {})), "");
}

struct HistoryRow {
  const char* name;
  const char* graph;
  const char* phases;     ///< "b=expand@v1 c=contract@v2"
  const char* findings;
};

std::vector<Revision> revisions_with(const HistoryRow& row) {
  std::vector<Revision> revisions = test::revisions_of(row.graph);
  for (const std::string& word : test::words(row.phases))
    for (Revision& revision : revisions) {
      if (revision.id != word.substr(0, word.find('='))) continue;
      const std::string said = word.substr(word.find('=') + 1);
      if (said == "seed") revision.seed = true;
      else revision.phase = said.substr(0, said.find('@')), revision.release = said.substr(said.find('@') + 1);
    }
  return revisions;
}

const HistoryRow history_rows[] = {
    {"one head", "a>b>c", "", ""},
    {"two heads", "a>b a>c", "", "several-heads: the schema has 2 heads: b \"make b\", c \"make c\"\n"},
    {"two heads, joined", "a>b a>c b,c>d", "", ""},
    {"seeds are no heads of the schema", "a>b>s t", "s=seed t=seed", ""},
    {"two bases are two heads", "a>b c", "", "several-heads: the schema has 2 heads: b \"make b\", c \"make c\"\n"},
    {"no way back", "a>b!>c", "", "irreversible: it has no downgrade\n"},
    {"contracted one release later", "a>b>c", "b=expand@v0.3.0 c=contract@v0.4.0", ""},
    {"contracted in the same release", "a>b>c", "b=expand@v0.3.0 c=contract@v0.3",
     "contract-too-early: it contracts in v0.3, and b \"make b\" of v0.3.0 (expand) is not of an earlier release\n"},
    {"contracted before", "a>b>c", "b=expand@v0.10 c=contract@v0.9",
     "contract-too-early: it contracts in v0.9, and b \"make b\" of v0.10 (expand) is not of an earlier release\n"},
    {"contracted with the switch", "a>b>c>d", "b=expand@1 c=switch@2 d=contract@2",
     "contract-too-early: it contracts in 2, and c \"make c\" of 2 (switch) is not of an earlier release\n"},
    {"three releases", "a>b>c>d", "b=expand@1 c=switch@2 d=contract@3", ""},
    {"another thing is expanded meanwhile", "a>b>c>d", "b=expand@1 c=expand@3 d=contract@3", ""},
    {"what is contracted before ends what it can end", "a>b>c>d>e", "b=expand@1 c=contract@2 d=expand@5 e=contract@5",
     "contract-too-early: it contracts in 5, and d \"make d\" of 5 (expand) is not of an earlier release\n"},
    {"two contracts, and one expand is of their release", "a>b>c>d>e", "b=expand@1 c=expand@3 d=contract@3 e=contract@3",
     "contract-too-early: it contracts in 3, and c \"make c\" of 3 (expand) is not of an earlier release\n"},
    {"an expand on another branch is none before", "a>b a>c b,c>d", "b=expand@1 c=contract@2",
     "contract-without-expand: it contracts, and no revision before it expands\n"},
    {"through a dependency", "a>b c(b)", "b=expand@1 c=contract@2", "several-heads: the schema has 2 heads: b \"make b\", c \"make c\"\n"},
    {"a release that is no version is not compared", "a>b>c", "b=expand@next c=contract@v1", ""},
};

TEST(Policy, holds_the_history_against_the_guidelines) {
  for (const HistoryRow& row : history_rows)
    EXPECT_EQ(text_of(find_history_breaches(RevisionGraph(revisions_with(row)), {})), row.findings) << row.name;
}

TEST(Policy, says_that_the_baseline_is_no_revision) {
  const RevisionGraph graph = test::graph_of("a>b");
  EXPECT_EQ(text_of(find_history_breaches(graph, {.schemas = {}, .baseline = "c", .release = {}})), "unknown-baseline: there is no revision \"c\"\n");
  EXPECT_EQ(text_of(find_history_breaches(graph, {.schemas = {}, .baseline = "a", .release = {}})), "");
}

}  // namespace
}  // namespace cairn
