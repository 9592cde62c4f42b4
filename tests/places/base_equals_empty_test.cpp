#include "support/runner.hpp"
#include "support/test_database.hpp"

#include "postgres/snapshot_channel.hpp"
#include "schema/difference.hpp"
#include "schema/fingerprint.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

const SnapshotOptions without_state{.leave_out = {{"public", "alembic_version"}, {"public", "cairn_journal"}}};

Snapshot snapshot_of(const TestDatabase& database) {
  SnapshotChannel channel(database.conninfo());
  return read_snapshot(channel, without_state);
}

std::string dump_of(const TestDatabase& database) {
  return database.dump({"--schema-only", "--exclude-table=public.alembic_version", "--exclude-table=public.cairn_journal"});
}

std::vector<std::string> differences(const Snapshot& before, const Snapshot& after) {
  std::vector<std::string> lines;
  for (const Difference& difference : compare(before, after)) lines.push_back(describe(difference));
  return lines;
}

const Runner runner{.program = CAIRN_BINARY, .options = {"--plugins", CAIRN_PLUGINS}};
const std::vector<std::string> none;

TEST(Base, is_an_empty_database_but_for_the_state_tables) {
  const TestDatabase empty;
  TestDatabase database;
  runner.require(database.url(), {"upgrade", "head"});
  ASSERT_NE(fingerprint(snapshot_of(empty)), fingerprint(snapshot_of(database)));
  runner.require(database.url(), {"downgrade", "base"});
  EXPECT_EQ(differences(snapshot_of(empty), snapshot_of(database)), none);
  EXPECT_EQ(fingerprint(snapshot_of(empty)), fingerprint(snapshot_of(database)));
  EXPECT_EQ(dump_of(empty), dump_of(database));
}

TEST(Base, can_be_upgraded_again_to_the_same_head) {
  TestDatabase database;
  runner.require(database.url(), {"upgrade", "head"});
  const Snapshot first = snapshot_of(database);
  const std::string first_dump = dump_of(database);
  runner.require(database.url(), {"downgrade", "base"});
  runner.require(database.url(), {"upgrade", "head"});
  EXPECT_EQ(differences(first, snapshot_of(database)), none);
  EXPECT_EQ(first_dump, dump_of(database));
  EXPECT_EQ(database.value("SELECT version_num FROM alembic_version"), "2864583ca021");
}

TEST(Base, keeps_nothing_of_any_single_revision) {
  const TestDatabase empty;
  TestDatabase database;
  for (const char* target : {"000000000001", "37a02ec8662a", "853113448960", "2864583ca021"}) {
    runner.require(database.url(), {"upgrade", target});
    runner.require(database.url(), {"downgrade", "base"});
    EXPECT_EQ(differences(snapshot_of(empty), snapshot_of(database)), none) << "after " << target;
  }
}

}  // namespace
}  // namespace cairn::test
