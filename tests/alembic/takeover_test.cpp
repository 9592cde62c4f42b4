// A project of Alembic is imported and built, and takes over a database that Alembic's SQL made. Without Alembic: its
// output is recorded, and alembic_takeover_test holds the recordings against the program.
#include "alembic/takeover.hpp"

#include "support/file_text.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

const fs::path recorded = fs::path(CAIRN_ALEMBIC_PROJECT) / "recorded";
constexpr const char* rows = "SELECT version_num FROM alembic_version ORDER BY 1";
const Lines heads{"51f0b7c2e9d4", "d9b6f2a05c3e"};

class TakenOver : public testing::Test {
 protected:
  static void SetUpTestSuite() { takeover_ = std::make_unique<Takeover>(recorded / "upgrade.sql", recorded / "downgrade.sql"); }
  static void TearDownTestSuite() { takeover_.reset(); }

  static std::string cairn(TestDatabase& database, const Lines& words) { return takeover_->runner().require(database.url(), words); }

  inline static std::unique_ptr<Takeover> takeover_;
};

TEST_F(TakenOver, database_is_at_its_heads_and_needs_no_upgrade) {
  TestDatabase database;
  run_script(database, recorded / "upgrade.sql");
  const std::string before = contents_of(database);
  EXPECT_EQ(cairn(database, {"current"}), "51f0b7c2e9d4 (statistics) (head)\nd9b6f2a05c3e (catalogue, search) (head)\n");
  cairn(database, {"upgrade", "heads"});
  EXPECT_EQ(database.column(rows), heads);
  EXPECT_EQ(contents_of(database), before);
}

TEST_F(TakenOver, database_can_be_downgraded_and_upgraded) {
  TestDatabase database;
  run_script(database, recorded / "upgrade.sql");
  const std::string before = contents_of(database);
  cairn(database, {"downgrade", "statistics@-1"});
  EXPECT_EQ(database.column(rows), Lines{"d9b6f2a05c3e"});
  cairn(database, {"downgrade", "base"});
  EXPECT_EQ(database.column(rows), Lines{});
  EXPECT_EQ(database.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "2") << "the rows' and the journal's";
  cairn(database, {"upgrade", "heads"});
  EXPECT_EQ(database.column(rows), heads);
  EXPECT_EQ(contents_of(database), before);
}

TEST_F(TakenOver, fresh_database_becomes_the_same) {
  TestDatabase theirs;
  run_script(theirs, recorded / "upgrade.sql");
  TestDatabase ours;
  cairn(ours, {"upgrade", "heads"});
  std::string made = contents_of(ours);
  EXPECT_EQ(made, contents_of(theirs));
  EXPECT_EQ(ours.column(rows), theirs.column(rows));
}

TEST_F(TakenOver, history_keeps_ids_parents_labels_and_messages) {
  TestDatabase database;
  EXPECT_EQ(cairn(database, {"history"}),
            "c47d0e9183aa, 8a5e2c4f6b01 -> d9b6f2a05c3e (catalogue, search) (head) (mergepoint), merge loans and search\n"
            "3f1c9a7b2d10 -> c47d0e9183aa (catalogue, search), search by bought\n"
            "<base> (8a5e2c4f6b01) -> 51f0b7c2e9d4 (statistics) (head), statistics\n"
            "3f1c9a7b2d10 -> 8a5e2c4f6b01 (catalogue), loans\n"
            "<base> -> 3f1c9a7b2d10 (catalogue) (branchpoint), Katalog: Bücher & \"Autoren\"\n");
}

TEST_F(TakenOver, import_says_what_leaves_the_transaction) {
  EXPECT_NE(takeover_->said().find("5 revisions written to"), std::string::npos) << takeover_->said();
  EXPECT_NE(takeover_->said().find("c47d0e9183aa_search_by_bought (outside a transaction)"), std::string::npos) << takeover_->said();
  EXPECT_EQ(takeover_->said().find("not carried over"), std::string::npos) << takeover_->said();
}

/// The script breaks off in a revision, as when Alembic fails there.
TEST(PartialTakeover, fails_loudly_where_sql_is_missing_and_nowhere_else) {
  const TemporaryDirectory scripts;
  const std::string whole = read_file(recorded / "upgrade.sql");
  write_file(scripts / "up.sql", whole.substr(0, whole.find("INSERT INTO loans")));
  const Takeover partial(scripts / "up.sql", recorded / "downgrade.sql", {"--partial"});
  EXPECT_NE(partial.said().find("alembic stopped while it wrote the SQL of its upgrade"), std::string::npos) << partial.said();

  TestDatabase fresh;
  const Finished finished = partial.runner().run(fresh.url(), {"upgrade", "8a5e2c4f6b01"});
  EXPECT_EQ(finished.code, 9);
  EXPECT_NE(finished.err.find("the upgrade of revision 8a5e2c4f6b01 was not carried over from Alembic"), std::string::npos) << finished.err;
  EXPECT_EQ(fresh.column(rows), Lines{"3f1c9a7b2d10"});

  TestDatabase theirs;
  run_script(theirs, recorded / "upgrade.sql");
  partial.runner().require(theirs.url(), {"upgrade", "heads"});
  EXPECT_EQ(theirs.column(rows), heads);
}

}  // namespace
}  // namespace cairn::test
