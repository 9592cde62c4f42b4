#include "chain/chain.hpp"

#include <gtest/gtest.h>

namespace cairn::testing {
namespace {

bool names(const Finished& finished, const std::string& text) {
  return (finished.out + finished.err).find(text) != std::string::npos;
}

std::string current(const Database& database) {
  return database.value("SELECT string_agg(version_num, ' ') FROM public.alembic_version");
}

TEST(Chain, upgrades_through_all_four_revisions) {
  const Database database = empty_database();
  for (const char* revision : {baseline, init_schema, sanity, seed}) {
    database.require_upgrade(revision);
    EXPECT_EQ(current(database), revision);
  }
  const std::string schema = database.schema();
  database.require_upgrade("head");
  EXPECT_EQ(current(database), seed);
  EXPECT_EQ(database.schema(), schema);
}

TEST(Chain, returns_to_an_empty_database) {
  const Database database = empty_database();
  const std::string empty = database.schema();
  database.require_upgrade("head");
  EXPECT_NE(database.schema(), empty);
  database.require_downgrade("base");
  EXPECT_EQ(database.schema(), empty);
  EXPECT_EQ(database.value("SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'"), "0");
  EXPECT_EQ(database.value("SELECT count(*) FROM pg_type WHERE typtype = 'e'"), "0");
}

TEST(Chain, reverses_each_step_exactly) {
  const Database database = empty_database();
  std::vector<std::string> before;
  const std::vector<std::string> revisions{baseline, init_schema, sanity};
  for (const std::string& revision : revisions) {
    before.push_back(database.schema());
    database.require_upgrade(revision);
  }
  for (; !before.empty(); before.pop_back()) {
    database.require_downgrade("-1");
    EXPECT_EQ(database.schema(), before.back()) << revisions[before.size() - 1];
  }
}

TEST(Chain, builds_the_same_schema_again) {
  const Database database = empty_database();
  database.require_upgrade("head");
  const std::string schema = database.schema();
  database.require_downgrade("base");
  database.require_upgrade("head");
  EXPECT_EQ(database.schema(), schema);
}

TEST(Chain, goes_back_to_the_baseline) {
  const Database database = unseeded_database();
  database.require_downgrade(baseline);
  EXPECT_EQ(current(database), baseline);
  EXPECT_EQ(database.value("SELECT count(*) FROM pg_tables WHERE schemaname IN ('core', 'acct', 'inv', 'pos')"), "0");
}

TEST(Baseline, holds_schemas_and_extensions_and_nothing_else) {
  const Database database = empty_database();
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
  const Database database = empty_database();
  database.rows("CREATE EXTENSION citext");
  const std::string before = database.schema();
  database.require_upgrade("head");
  database.require_downgrade("base");
  EXPECT_EQ(database.schema(), before);
}

TEST(Baseline, uses_an_extension_that_somebody_else_owns) {
  const Database database = empty_database();
  database.rows("CREATE EXTENSION citext; CREATE EXTENSION pgcrypto");
  const std::string before = database.schema();
  database.require_upgrade(init_schema);
  database.require_downgrade("base");
  EXPECT_EQ(database.schema(), before);
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
    const Database database = empty_database();
    database.rows(obstacle.made_by);
    const std::string before = database.schema();
    const Finished finished = database.upgrade("head");
    EXPECT_EQ(finished.exit_code, revision_failed);
    EXPECT_TRUE(names(finished, obstacle.named)) << finished.out << finished.err;
    EXPECT_EQ(database.schema(), before);
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
    const Database database = empty_database();
    database.require_upgrade(baseline);
    database.rows(obstacle.made_by);
    const std::string before = database.schema();
    const Finished finished = database.downgrade("base");
    EXPECT_EQ(finished.exit_code, revision_failed);
    EXPECT_TRUE(names(finished, obstacle.named)) << finished.out << finished.err;
    EXPECT_EQ(database.schema(), before);
    EXPECT_EQ(current(database), baseline);
  }
}

TEST(InitSchema, never_drops_what_stands_on_it) {
  const Database database = unseeded_database();
  database.rows("CREATE SCHEMA mine; CREATE VIEW mine.open_sales AS SELECT id FROM pos.sales");
  const std::string before = database.schema();
  const Finished finished = database.downgrade(baseline);
  EXPECT_EQ(finished.exit_code, revision_failed);
  EXPECT_TRUE(names(finished, "mine.open_sales")) << finished.out << finished.err;
  EXPECT_EQ(database.schema(), before);
}

TEST(InitSchema, uses_an_identical_enum_and_drops_it_later) {
  const Database database = empty_database();
  database.require_upgrade(baseline);
  const std::string before = database.schema();
  database.rows("CREATE TYPE pos.sale_status AS ENUM ('open', 'completed', 'voided')");
  database.require_upgrade(init_schema);
  EXPECT_EQ(database.schema(), [] { return unseeded_database().schema(); }());
  database.require_downgrade(baseline);
  EXPECT_EQ(database.schema(), before);
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
    const Database database = empty_database();
    database.require_upgrade(baseline);
    database.rows(obstacle.made_by);
    const std::string before = database.schema();
    const Finished finished = database.upgrade(init_schema);
    EXPECT_EQ(finished.exit_code, revision_failed);
    EXPECT_TRUE(names(finished, obstacle.named)) << finished.out << finished.err;
    EXPECT_TRUE(names(finished, "RENAME TO")) << "no hint: " << finished.out << finished.err;
    EXPECT_EQ(database.schema(), before);
  }
}

TEST(SanityTest, changes_nothing_in_either_direction) {
  const Database database = empty_database();
  database.require_upgrade(init_schema);
  const std::string schema = database.schema();
  const std::string data = database.data();
  database.require_upgrade(sanity);
  EXPECT_EQ(database.schema(), schema);
  EXPECT_EQ(database.data(), data);
  database.require_downgrade("-1");
  EXPECT_EQ(current(database), init_schema);
  EXPECT_EQ(database.schema(), schema);
}

}  // namespace
}  // namespace cairn::testing
