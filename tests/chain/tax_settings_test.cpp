#include "chain/optional_seed.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

using Lines = std::vector<std::string>;

ChainDatabase taxed_database() {
  ChainDatabase database = offering(tax_settings);
  database.require_upgrade(tax_settings.target());
  return database;
}

TEST(TaxSettings, give_the_default_organization_rates_that_are_owed_to_an_account) {
  EXPECT_EQ(taxed_database().rows(R"(SELECT o.slug, r.code, trim_scale(r.rate), r.valid_from, r.valid_until, a.code
                                       FROM pos.tax_rates r JOIN core.organizations o ON o.id = r.organization_id
                                       JOIN acct.chart_of_accounts a ON a.id = r.liability_account_id ORDER BY 2, 4)"),
            (Lines{"default|EXEMPT|0|2020-01-01||2100", "default|REDUCED|0.0225|2020-01-01||2100",
                   "default|STANDARD|0.08|2020-01-01|2025-01-01|2100", "default|STANDARD|0.0825|2025-01-01||2100"}));
}

TEST(TaxSettings, never_overlap) {
  EXPECT_EQ(taxed_database().rows(R"(SELECT a.code FROM pos.tax_rates a JOIN pos.tax_rates b USING (organization_id, code)
                                      WHERE a.id < b.id AND daterange(a.valid_from, a.valid_until) && daterange(b.valid_from, b.valid_until))"),
            Lines{});
}

TEST(TaxSettings, name_rates_that_exist_and_leave_the_other_settings) {
  const ChainDatabase database = taxed_database();
  EXPECT_EQ(database.value("SELECT settings -> 'tax' ->> 'default_rate' FROM core.organizations"), "STANDARD");
  EXPECT_EQ(database.value("SELECT settings ->> 'default_location' FROM core.organizations"), "MAIN");
}

/// Each is there before; afterwards the query answers t, and the downgrade leaves it as it was.
struct There {
  const char* name;
  const char* made_by;
  const char* kept;
};

const There rows_there[] = {
    {"a rate of the same name for other days",
     "INSERT INTO pos.tax_rates (organization_id, code, name, rate) SELECT id, 'STANDARD', 'Mine', 0.07 FROM core.organizations",
     "SELECT count(*) = 1 AND min(name) = 'Mine' FROM pos.tax_rates WHERE code = 'STANDARD'"},
    {"tax settings", R"(UPDATE core.organizations SET settings = settings || '{"tax": {"default_rate": "MINE"}}')",
     "SELECT settings -> 'tax' = '{\"default_rate\": \"MINE\"}' FROM core.organizations"},
    {"a renamed account", "UPDATE acct.chart_of_accounts SET code = '2101' WHERE code = '2100'",
     "SELECT count(*) = 4 FROM pos.tax_rates r JOIN acct.chart_of_accounts a ON a.id = r.liability_account_id WHERE a.code = '2101'"},
};

TEST(TaxSettings, leave_what_is_there) {
  for (const There& there : rows_there) {
    SCOPED_TRACE(there.name);
    const ChainDatabase database = offering(tax_settings);
    database.execute(there.made_by);
    const Lines before = database.sorted_data(Times::kept);
    database.require_upgrade(tax_settings.target());
    EXPECT_EQ(database.value(there.kept), "t");
    database.require_downgrade(tax_settings.way_back());
    EXPECT_EQ(database.sorted_data(Times::kept), before);
  }
}

TEST(TaxSettings, leave_rates_that_were_changed_since) {
  const ChainDatabase database = taxed_database();
  database.execute("UPDATE pos.tax_rates SET code = 'STD', rate = 0.09 WHERE valid_from = '2025-01-01'");
  const Lines before = database.sorted_data(Times::kept);
  forget(tax_settings, database);
  database.require_upgrade(tax_settings.target());
  EXPECT_EQ(database.sorted_data(Times::kept), before);
}

TEST(TaxSettings, stay_while_an_item_is_taxed_with_them) {
  const ChainDatabase database = taxed_database();
  database.execute("INSERT INTO inv.items (organization_id, sku, name, unit_price, tax_rate_id) "
                   "SELECT organization_id, 'X', 'X', 1, id FROM pos.tax_rates WHERE code = 'REDUCED'");
  const Lines before = database.sorted_data(Times::kept);
  const Finished finished = database.downgrade(tax_settings.way_back());
  EXPECT_EQ(finished.code, revision_failed);
  EXPECT_TRUE(says(finished, "still referenced from table \"items\"")) << finished.err;
  EXPECT_EQ(database.sorted_data(Times::kept), before);
  EXPECT_EQ(database.value("SELECT version_num FROM public.alembic_version"), tax_settings.id);
}

TEST(TaxSettings, say_what_they_miss) {
  const ChainDatabase database = offering(tax_settings);
  database.execute("DELETE FROM acct.chart_of_accounts WHERE code = '2100'");
  const Lines before = database.sorted_data(Times::kept);
  const Finished finished = database.upgrade(tax_settings.target());
  EXPECT_EQ(finished.code, revision_failed);
  EXPECT_TRUE(says(finished, "liability account 2100")) << finished.err;
  EXPECT_EQ(database.sorted_data(Times::kept), before);
}

}  // namespace
}  // namespace cairn::test
