#include "chain/chain.hpp"

#include <gtest/gtest.h>

// The scripts that upgrade --sql and downgrade --sql write for the chain, applied by psql.

namespace cairn::test {
namespace {

using Lines = std::vector<std::string>;

constexpr char hash[] = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaCB0aGF0J3MgYSBoYXNo";

/// What the two tables of state say, but for who was there when.
Lines state_of(const ChainDatabase& database) {
  Lines lines = database.rows("SELECT version_num FROM public.alembic_version ORDER BY 1");
  for (const std::string& line : database.rows(R"(SELECT revision, direction, statement, state, digest, rows_after, role, error,
                                                         started_at <= finished_at FROM public.cairn_journal ORDER BY entry)"))
    lines.push_back(line);
  return lines;
}

void expect_same(const ChainDatabase& online, const ChainDatabase& offline) {
  EXPECT_EQ(differences(online.schema(), offline.schema()), Lines{});
  EXPECT_EQ(online.sorted_data(Times::left_out), offline.sorted_data(Times::left_out));
  EXPECT_EQ(state_of(online), state_of(offline));
}

TEST(ChainScripts, build_the_same_catalog_and_the_same_rows_as_a_run) {
  const ChainDatabase online;
  online.require_upgrade("head");
  const ChainDatabase offline;
  offline.require_apply(offline.script({"upgrade", "--sql", "head"}));
  expect_same(online, offline);
}

TEST(ChainScripts, take_the_variables_of_the_revisions) {
  const ChainDatabase online;
  ASSERT_TRUE(online.upgrade("head", {{"admin_password_hash", hash}}).ok());
  const ChainDatabase offline;
  offline.require_apply(offline.script({"upgrade", "--sql", "head", "-x", std::string("admin_password_hash=") + hash}));
  expect_same(online, offline);
  EXPECT_EQ(offline.value("SELECT password_hash FROM core.users"), hash);
}

TEST(ChainScripts, go_on_where_another_ended_and_lead_back_to_nothing) {
  const ChainDatabase untouched;
  const ChainDatabase database;
  database.require_apply(database.script({"upgrade", "--sql", "37a0"}));
  database.require_apply(database.script({"upgrade", "--sql", "37a0:head"}));
  database.require_apply(database.script({"downgrade", "--sql", "head:8531"}));
  EXPECT_EQ(database.rows("SELECT version_num FROM public.alembic_version"), Lines{"853113448960"});
  database.require_apply(database.script({"downgrade", "--sql", "8531:base"}));
  EXPECT_EQ(differences(untouched.schema(), database.schema()), Lines{});
}

TEST(ChainScripts, and_runs_take_turns_on_one_database) {
  const ChainDatabase database;
  database.require_upgrade("37a0");
  database.require_apply(database.script({"upgrade", "--sql", "37a0:head"}));
  database.require_downgrade("37a0");
  EXPECT_EQ(database.rows("SELECT direction, revision, client = 'psql' FROM public.cairn_journal ORDER BY entry"),
            (Lines{"up|000000000001|f", "up|37a02ec8662a|f", "up|853113448960|t", "up|2864583ca021|t", "down|2864583ca021|f",
                   "down|853113448960|f"}));
}

TEST(ChainScripts, are_the_same_every_time) {
  const ChainDatabase database;
  EXPECT_EQ(database.script({"upgrade", "--sql", "head"}), database.script({"upgrade", "--sql", "head"}));
}

}  // namespace
}  // namespace cairn::test
