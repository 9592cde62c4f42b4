// Each fault is planted into a downgrade that is right otherwise, and has to be named.

#include "smoke/ladder_run.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

/// What is there before the revision under test.
constexpr const char* base_up = R"(
CREATE SCHEMA shop;
CREATE TABLE shop.items (id int PRIMARY KEY, name text NOT NULL DEFAULT 'none', price numeric, sold boolean);
COMMENT ON TABLE shop.items IS 'what is for sale';
CREATE INDEX items_price ON shop.items (price);
GRANT SELECT ON shop.items TO PUBLIC;
CREATE FUNCTION shop.one() RETURNS int LANGUAGE sql AS 'SELECT 1';
INSERT INTO shop.items VALUES (1, 'tea', 2, false);
)";
constexpr const char* base_down = "DROP SCHEMA shop CASCADE";

struct PlantedFault {
  const char* name;
  const char* up;
  const char* down;
  bool seed;
  const char* verdicts;   ///< of the revision under test
  const char* faults;
};

void PrintTo(const PlantedFault& fault, std::ostream* out) { *out << fault.name; }

const PlantedFault planted[] = {
    {"nothing", "CREATE TABLE shop.orders (id int)", "DROP TABLE shop.orders", false, "passed passed passed", ""},
    {"column_dropped_for_good", "ALTER TABLE shop.items DROP COLUMN price", "SELECT 1", false, "passed differs failed",
     "downgrade-leaves-traces: missing: column shop.items.price; missing: index shop.items_price\n"
     "second-upgrade-fails: revision b failed: column \"price\" of relation \"items\" does not exist\n"},
    {"column_back_without_its_index", "ALTER TABLE shop.items DROP COLUMN price", "ALTER TABLE shop.items ADD COLUMN price numeric", false,
     "passed differs passed", "downgrade-leaves-traces: missing: index shop.items_price\n"
     "column-order: order only: column shop.items.price (position: 3, now 4); order only: column shop.items.sold (position: 4, now 3)\n"},
    {"enum_left_over", "CREATE TYPE shop.mood AS ENUM ('up', 'down'); CREATE TABLE shop.moods (mood shop.mood)", "DROP TABLE shop.moods", false,
     "passed differs failed", "downgrade-leaves-traces: left over: enum shop.mood\n"
     "second-upgrade-fails: revision b failed: type \"mood\" already exists\n"},
    {"index_forgotten", "CREATE INDEX IF NOT EXISTS items_name ON shop.items (name)", "SELECT 1", false, "passed differs passed",
     "downgrade-leaves-traces: left over: index shop.items_name\n"},
    {"default_lost", "ALTER TABLE shop.items ALTER name SET DEFAULT 'new'", "ALTER TABLE shop.items ALTER name DROP DEFAULT", false,
     "passed differs passed", "downgrade-leaves-traces: changed: column shop.items.name (default: \"'none'::text\", now none)\n"},
    {"not_null_lost", "ALTER TABLE shop.items ALTER name DROP NOT NULL", "SELECT 1", false, "passed differs passed",
     "downgrade-leaves-traces: changed: column shop.items.name (notnull: true, now false)\n"},
    {"grant_lost", "REVOKE ALL ON shop.items FROM PUBLIC", "SELECT 1", false, "passed differs passed",
     "downgrade-leaves-traces: changed: table shop.items (acl: "},
    {"comment_lost", "COMMENT ON TABLE shop.items IS 'old things'", "COMMENT ON TABLE shop.items IS NULL", false, "passed differs passed",
     "downgrade-leaves-traces: missing: comment table shop.items\n"},
    {"order_of_columns", "ALTER TABLE shop.items DROP COLUMN sold", "ALTER TABLE shop.items ADD COLUMN sold boolean; "
     "ALTER TABLE shop.items DROP COLUMN name; ALTER TABLE shop.items ADD COLUMN name text NOT NULL DEFAULT 'none'", false,
     "passed immaterial immaterial", "column-order: order only: column shop.items.name (position: 2, now 4); "},
    {"white_space_of_a_function", "CREATE OR REPLACE FUNCTION shop.one() RETURNS int LANGUAGE sql AS 'SELECT 2'",
     "CREATE OR REPLACE FUNCTION shop.one() RETURNS int LANGUAGE sql AS 'SELECT  1'", false, "passed immaterial passed", ""},
    {"text_of_a_function", "CREATE OR REPLACE FUNCTION shop.one() RETURNS int LANGUAGE sql AS 'SELECT 2'",
     "CREATE OR REPLACE FUNCTION shop.one() RETURNS int LANGUAGE sql AS 'SELECT 3'", false, "passed differs passed",
     "downgrade-leaves-traces: changed: function shop.one() (definition: "},
    {"seed_that_leaves_a_row", "INSERT INTO shop.items VALUES (2, 'jam', 3), (3, 'bun', 1)", "DELETE FROM shop.items WHERE id = 2", true,
     "passed differs failed", "downgrade-leaves-rows: left over: row shop.items {\"id\": 3}\n"
     "second-upgrade-fails: revision b failed: duplicate key value violates unique constraint \"items_pkey\"\n"},
    {"seed_that_takes_a_row_of_others", "INSERT INTO shop.items VALUES (2, 'jam', 3)", "DELETE FROM shop.items", true, "passed differs differs",
     "downgrade-leaves-rows: missing: row shop.items {\"id\": 1}\nsecond-upgrade-differs: missing: row shop.items {\"id\": 1}\n"},
    {"seed_that_changes_a_row_of_others", "UPDATE shop.items SET name = 'coffee'", "SELECT 1", true, "passed differs passed",
     "downgrade-leaves-rows: changed: row shop.items {\"id\": 1} (name: \"tea\", now \"coffee\")\n"},
    {"clock_in_a_default", "ALTER TABLE shop.items ADD COLUMN since timestamptz; DO $$ BEGIN EXECUTE format('ALTER TABLE shop.items ALTER since "
     "SET DEFAULT %L', clock_timestamp()); END $$", "ALTER TABLE shop.items DROP COLUMN since", false, "passed passed immaterial", ""},
    {"upgrade_that_depends_on_chance", "DO $$ BEGIN EXECUTE format('CREATE TABLE shop.t%s (id int)', "
     "(SELECT count(*) FROM pg_class)); END $$; CREATE TABLE shop.kept (id int)", "DROP TABLE shop.kept", false, "passed differs differs", ""},
};

class PlantedFaultTest : public testing::TestWithParam<PlantedFault> {};

TEST_P(PlantedFaultTest, is_named) {
  const PlantedFault& fault = GetParam();
  LadderRun run({{.id = "a", .up = base_up, .down = base_down}, {.id = "b", .up = fault.up, .down = fault.down, .seed = fault.seed}});
  run.climb();
  EXPECT_NE(run.verdicts().find("b: " + std::string(fault.verdicts) + "\n"), std::string::npos) << run.verdicts() << run.faults("b");
  EXPECT_EQ(run.faults("b").substr(0, std::string(fault.faults).size()), fault.faults) << run.faults("b");
  EXPECT_NE(run.verdicts().find("a: passed passed passed"), std::string::npos) << run.faults("a");
}

INSTANTIATE_TEST_SUITE_P(Ladder, PlantedFaultTest, testing::ValuesIn(planted),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace cairn::test
