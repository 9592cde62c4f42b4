#include "authoring/slug.hpp"
#include "authoring/source_folder.hpp"
#include "findings_text.hpp"
#include "lint/policies.hpp"
#include "observe/watched_database.hpp"
#include "schema/snapshot.hpp"
#include "support/file_text.hpp"
#include "support/process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

// The revisions of this repository, held against what their documents demand.

namespace cairn {
namespace {

namespace fs = std::filesystem;

using test::text_of;

const fs::path project = CAIRN_TEST_PROJECT;
const PolicySettings settings{.schemas = {"core", "acct", "inv", "pos"}, .baseline = "000000000001", .release = {}};

std::vector<RevisionFiles> sources_of_project() { return read_sources(std::vector<fs::path>{project / "revisions", project / "seeds"}); }

const RevisionFiles& source_of(const std::vector<RevisionFiles>& sources, const std::string& id) {
  const auto found = std::find_if(sources.begin(), sources.end(), [&](const RevisionFiles& source) { return source.revision.id == id; });
  if (found == sources.end()) throw std::runtime_error("no source of " + id);
  return *found;
}

TEST(Chain, says_of_itself_what_the_guidelines_demand) {
  const std::vector<RevisionFiles> sources = sources_of_project();
  ASSERT_EQ(sources.size(), 6U);
  std::vector<Revision> revisions;
  for (const RevisionFiles& source : sources) {
    EXPECT_EQ(text_of(find_metadata_breaches(source.revision, make_slug(source.revision.message), settings)), "") << source.revision.id;
    revisions.push_back(source.revision);
  }
  std::vector<Finding> breaches = find_history_breaches(RevisionGraph(revisions), settings);
  // A source does not tell whether it has a downgrade: that is seen when it is built.
  std::erase_if(breaches, [](const Finding& finding) { return finding.rule == "irreversible"; });
  EXPECT_EQ(text_of(breaches), "");
}

TEST(Chain, makes_nothing_that_the_policy_forbids) {
  const std::vector<RevisionFiles> sources = sources_of_project();
  test::WatchedDatabase database;
  for (const char* id : {"000000000001", "37a02ec8662a"}) {
    const RevisionFiles& source = source_of(sources, id);
    const Snapshot before = read_snapshot(database.connection());
    const StepEffects effects = database.watch(test::read_file(source.files.front()));
    const std::vector<Difference> made = compare(before, read_snapshot(database.connection()));
    EXPECT_GT(made.size(), 5U) << id;
    EXPECT_EQ(text_of(find_change_breaches(source.revision, made, effects, settings)), "") << id;
  }
}

TEST(Chain, would_be_found_if_its_baseline_were_the_schema) {
  const std::vector<RevisionFiles> sources = sources_of_project();
  test::WatchedDatabase database;
  database.execute(test::read_file(source_of(sources, "000000000001").files.front()));
  const RevisionFiles& schema = source_of(sources, "37a02ec8662a");
  const Snapshot before = read_snapshot(database.connection());
  const StepEffects effects = database.watch(test::read_file(schema.files.front()));
  const std::vector<Finding> breaches = find_change_breaches(schema.revision, compare(before, read_snapshot(database.connection())), effects,
                                                             {.schemas = {"core", "acct", "inv"}, .baseline = schema.revision.id, .release = {}});
  ASSERT_GT(breaches.size(), 2U);
  EXPECT_EQ(breaches.front().rule, "baseline-not-minimal");
  EXPECT_EQ(breaches[1].rule, "outside-schemas");
  const auto table = std::find_if(breaches.begin(), breaches.end(), [](const Finding& breach) { return breach.what.starts_with("table pos.sales "); });
  ASSERT_NE(table, breaches.end());
  EXPECT_TRUE(table->statement.starts_with("CREATE TABLE pos.sales")) << table->statement.substr(0, 60);
  EXPECT_GT(table->place.line, 1U);
}

void upgrade(test::TestDatabase& database, const std::string& target) {
  const test::Finished finished = test::run({.argv = {CAIRN_TEST_BIN, "--database", database.url(), "upgrade", target, "-q"},
                                             .environment = {{"CAIRN_PLUGINS", CAIRN_TEST_PLUGINS}}});
  ASSERT_TRUE(finished.ok()) << finished.err;
}

TEST(Chain, has_a_seed_that_brings_data_and_nothing_else) {
  test::WatchedDatabase database;
  upgrade(database.database(), "853113448960");
  const Snapshot before = read_snapshot(database.connection());
  upgrade(database.database(), "2864583ca021");
  Revision seed;
  seed.seed = true;
  EXPECT_EQ(text_of(find_change_breaches(seed, compare(before, read_snapshot(database.connection())), {}, settings)), "");
}

}  // namespace
}  // namespace cairn
