#include "chain/chain.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

using Lines = std::vector<std::string>;

std::string current(const ChainDatabase& database) {
  return database.value("SELECT string_agg(version_num, ' ') FROM public.alembic_version");
}

TEST(Chain, upgrades_through_all_four_revisions) {
  const ChainDatabase database;
  for (const char* revision : {baseline, init_schema, sanity, seed}) {
    database.require_upgrade(revision);
    EXPECT_EQ(current(database), revision);
  }
  const Schema schema = database.schema();
  database.require_upgrade("head");
  EXPECT_EQ(current(database), seed);
  EXPECT_EQ(differences(schema, database.schema()), Lines{});
}

TEST(Chain, returns_to_an_empty_database) {
  const ChainDatabase database;
  const Schema empty = database.schema();
  database.require_upgrade("head");
  EXPECT_NE(differences(empty, database.schema()), Lines{});
  database.require_downgrade("base");
  EXPECT_EQ(differences(empty, database.schema()), Lines{});
  EXPECT_EQ(database.value("SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'"), "0");
  EXPECT_EQ(database.value("SELECT count(*) FROM pg_type WHERE typtype = 'e'"), "0");
}

TEST(Chain, reverses_each_step_exactly) {
  const ChainDatabase database;
  std::vector<Schema> before;
  const std::vector<std::string> revisions{baseline, init_schema, sanity};
  for (const std::string& revision : revisions) {
    before.push_back(database.schema());
    database.require_upgrade(revision);
  }
  for (; !before.empty(); before.pop_back()) {
    database.require_downgrade("-1");
    EXPECT_EQ(differences(before.back(), database.schema()), Lines{}) << revisions[before.size() - 1];
  }
}

TEST(Chain, builds_the_same_schema_again) {
  const ChainDatabase database;
  database.require_upgrade("head");
  const Schema schema = database.schema();
  database.require_downgrade("base");
  database.require_upgrade("head");
  EXPECT_EQ(differences(schema, database.schema()), Lines{});
}

TEST(Chain, goes_back_to_the_baseline) {
  const ChainDatabase database = unseeded_database();
  database.require_downgrade(baseline);
  EXPECT_EQ(current(database), baseline);
  EXPECT_EQ(database.value("SELECT count(*) FROM pg_tables WHERE schemaname IN ('core', 'acct', 'inv', 'pos')"), "0");
}

TEST(Baseline, holds_schemas_and_extensions_and_nothing_else) {
  const ChainDatabase database;
  database.require_upgrade(baseline);
  EXPECT_EQ(database.value(R"(SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace
                              WHERE nspname !~ '^pg_|^information_schema$')"), "acct core inv pos public");
  EXPECT_EQ(database.value(R"(SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension)"),
            "citext pgcrypto plpgsql");
  for (const char* catalog : {"pg_class WHERE relnamespace", "pg_type WHERE typnamespace", "pg_proc WHERE pronamespace"})
    EXPECT_EQ(database.value(std::string("SELECT count(*) FROM ") + catalog +
                             "::regnamespace::text IN ('core', 'acct', 'inv', 'pos')"), "0") << catalog;
}

TEST(Baseline, leaves_an_extension_that_was_there_before) {
  const ChainDatabase database;
  database.execute("CREATE EXTENSION citext");
  const Schema before = database.schema();
  database.require_upgrade("head");
  database.require_downgrade("base");
  EXPECT_EQ(differences(before, database.schema()), Lines{});
}

TEST(Baseline, uses_an_extension_that_somebody_else_owns) {
  const ChainDatabase database;
  database.execute("CREATE EXTENSION citext; CREATE EXTENSION pgcrypto");
  const Schema before = database.schema();
  database.require_upgrade(init_schema);
  database.require_downgrade("base");
  EXPECT_EQ(differences(before, database.schema()), Lines{});
}

/// The step fails, names what is in its way, and changes nothing.
template <class Step>
void expect_refused(const ChainDatabase& database, const Step& step, const std::string& named) {
  const Schema before = database.schema();
  const Finished finished = step();
  EXPECT_EQ(finished.code, revision_failed);
  EXPECT_TRUE(says(finished, named)) << finished.out << finished.err;
  EXPECT_EQ(differences(before, database.schema()), Lines{});
}

struct Obstacle {
  const char* name;
  const char* made_by;
  const char* named;
};

TEST(Baseline, refuses_to_take_over_what_is_there) {
  const Obstacle obstacles[] = {
      {"a schema", "CREATE SCHEMA acct", "schema \"acct\" already exists"},
      {"an extension elsewhere", "CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext",
       "ALTER EXTENSION citext SET SCHEMA public"},
  };
  for (const Obstacle& obstacle : obstacles) {
    SCOPED_TRACE(obstacle.name);
    const ChainDatabase database;
    database.execute(obstacle.made_by);
    expect_refused(database, [&] { return database.upgrade("head"); }, obstacle.named);
  }
}

TEST(Baseline, never_drops_what_is_not_of_the_chain) {
  const Obstacle obstacles[] = {
      {"a table in one of the schemas", "CREATE TABLE inv.mine ()", "table inv.mine depends on schema inv"},
      {"a column of the extension's type", "CREATE SCHEMA mine; CREATE TABLE mine.t (c public.citext)",
       "column c of table mine.t depends on type citext"},
  };
  for (const Obstacle& obstacle : obstacles) {
    SCOPED_TRACE(obstacle.name);
    const ChainDatabase database;
    database.require_upgrade(baseline);
    database.execute(obstacle.made_by);
    expect_refused(database, [&] { return database.downgrade("base"); }, obstacle.named);
    EXPECT_EQ(current(database), baseline);
  }
}

TEST(InitSchema, never_drops_what_stands_on_it) {
  const ChainDatabase database = unseeded_database();
  database.execute("CREATE SCHEMA mine; CREATE VIEW mine.open_sales AS SELECT id FROM pos.sales");
  expect_refused(database, [&] { return database.downgrade(baseline); }, "mine.open_sales");
}

TEST(InitSchema, uses_an_identical_enum_and_drops_it_later) {
  const ChainDatabase database;
  database.require_upgrade(baseline);
  const Schema before = database.schema();
  database.execute("CREATE TYPE pos.sale_status AS ENUM ('open', 'completed', 'voided')");
  database.require_upgrade(init_schema);
  EXPECT_EQ(differences(unseeded_database().schema(), database.schema()), Lines{});
  database.require_downgrade(baseline);
  EXPECT_EQ(differences(before, database.schema()), Lines{});
}

TEST(InitSchema, refuses_a_different_type_under_the_name_of_an_enum) {
  const Obstacle obstacles[] = {
      {"another order", "CREATE TYPE pos.sale_status AS ENUM ('completed', 'open', 'voided')", "(completed, open, voided)"},
      {"a label less", "CREATE TYPE pos.sale_status AS ENUM ('open', 'completed')", "(open, completed)"},
      {"a label more", "CREATE TYPE pos.sale_status AS ENUM ('open', 'completed', 'voided', 'lost')", "voided, lost)"},
      {"no label", "CREATE TYPE pos.sale_status AS ENUM ()", "has the labels ()"},
      {"another case", "CREATE TYPE pos.sale_status AS ENUM ('Open', 'completed', 'voided')", "(Open, completed"},
      {"not an enum", "CREATE DOMAIN pos.sale_status AS text", "pos.sale_status is not an enum"},
      {"two at once", "CREATE TYPE pos.sale_status AS ENUM (); CREATE TYPE core.user_role AS (x int)",
       "core.user_role, pos.sale_status"},
  };
  for (const Obstacle& obstacle : obstacles) {
    SCOPED_TRACE(obstacle.name);
    const ChainDatabase database;
    database.require_upgrade(baseline);
    database.execute(obstacle.made_by);
    Finished finished;
    expect_refused(database, [&] { return finished = database.upgrade(init_schema); }, obstacle.named);
    EXPECT_TRUE(says(finished, "RENAME TO")) << "no hint: " << finished.out << finished.err;
  }
}

TEST(SanityTest, changes_nothing_in_either_direction) {
  const ChainDatabase database;
  database.require_upgrade(init_schema);
  const Schema schema = database.schema();
  const std::string data = database.data();
  database.require_upgrade(sanity);
  EXPECT_EQ(differences(schema, database.schema()), Lines{});
  EXPECT_EQ(database.data(), data);
  database.require_downgrade("-1");
  EXPECT_EQ(current(database), init_schema);
  EXPECT_EQ(differences(schema, database.schema()), Lines{});
}

}  // namespace
}  // namespace cairn::test
