// The same with Debian's Alembic at work: it migrates the database, writes the SQL, and agrees afterwards.
#include "alembic/takeover.hpp"

#include "support/file_text.hpp"
#include "support/server_programs.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>

namespace cairn::test {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

constexpr const char* rows = "SELECT version_num FROM alembic_version ORDER BY 1";

/// What it prints to stdout; throws std::runtime_error with what it wrote when it fails.
std::string alembic(const std::string& url, const Lines& words) {
  Command command{.argv = {"/usr/bin/python3", "-B", "-m", "alembic"}, .environment = without_postgres_variables(),
                  .directory = CAIRN_ALEMBIC_PROJECT};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  command.environment["PYTHONPATH"] = std::nullopt;
  command.environment["ALEMBIC_TEST_URL"] = url;
  Finished finished = run(command);
  if (!finished.ok())
    throw std::runtime_error("alembic " + words.front() + " failed (are python3-alembic and python3-psycopg2 installed?):\n" +
                             finished.out + finished.err);
  return std::move(finished.out);
}

std::string upgrade_sql() { return alembic("", {"upgrade", "base:heads", "--sql"}); }

std::string downgrade_sql() {
  return alembic("", {"downgrade", "d9b6f2a05c3e:base", "--sql"}) + alembic("", {"downgrade", "51f0b7c2e9d4:base", "--sql"});
}

class AlembicTakeover : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scripts_ = std::make_unique<TemporaryDirectory>();
    write_file(*scripts_ / "up.sql", upgrade_sql());
    write_file(*scripts_ / "down.sql", downgrade_sql());
    takeover_ = std::make_unique<Takeover>(*scripts_ / "up.sql", *scripts_ / "down.sql");
  }
  static void TearDownTestSuite() {
    takeover_.reset();
    scripts_.reset();
  }

  std::string cairn(const Lines& words) { return takeover_->runner().require(database_.url(), words); }
  std::string alembic_says(const Lines& words) { return alembic(database_.url(), words); }

  inline static std::unique_ptr<TemporaryDirectory> scripts_;
  inline static std::unique_ptr<Takeover> takeover_;
  TestDatabase database_;
};

TEST_F(AlembicTakeover, goes_on_where_alembic_stopped) {
  alembic_says({"upgrade", "heads"});
  const std::string before = contents_of(database_);
  EXPECT_EQ(cairn({"current"}), "51f0b7c2e9d4 (statistics) (head)\nd9b6f2a05c3e (catalogue, search) (head)\n");
  cairn({"upgrade", "heads"});
  EXPECT_EQ(contents_of(database_), before);
  cairn({"downgrade", "statistics@-1"});
  EXPECT_EQ(alembic_says({"current"}), "d9b6f2a05c3e (head) (mergepoint)\n");
  cairn({"downgrade", "3f1c9a7b2d10"});
  EXPECT_EQ(alembic_says({"current"}), "3f1c9a7b2d10 (branchpoint)\n");
  cairn({"upgrade", "heads"});
  EXPECT_EQ(contents_of(database_), before);
  alembic_says({"downgrade", "base"});
  EXPECT_EQ(cairn({"current"}), "base: nothing is applied\n");
}

TEST_F(AlembicTakeover, makes_what_alembic_makes) {
  alembic_says({"upgrade", "heads"});
  TestDatabase fresh;
  takeover_->runner().require(fresh.url(), {"upgrade", "heads"});
  EXPECT_EQ(contents_of(fresh), contents_of(database_));
  EXPECT_EQ(fresh.column(rows), database_.column(rows));
}

/// takeover_test stands on these. What comes of them is compared, not their texts: Alembic orders revisions that do not
/// rest on each other as their files happen to lie on the disk.
TEST_F(AlembicTakeover, recordings_are_what_this_alembic_writes) {
  const fs::path recorded = fs::path(CAIRN_ALEMBIC_PROJECT) / "recorded";
  const Takeover from_recordings(recorded / "upgrade.sql", recorded / "downgrade.sql");
  const Finished difference = run({.argv = {"diff", "-r", takeover_->revisions().string(), from_recordings.revisions().string()}});
  EXPECT_TRUE(difference.ok()) << difference.out;
}

}  // namespace
}  // namespace cairn::test
