// What holds for every seed that is off by default.
#include "chain/optional_seed.hpp"

#include <gtest/gtest.h>

namespace cairn::test {
namespace {

using Lines = std::vector<std::string>;

class OptionalSeeds : public testing::TestWithParam<OptionalSeed> {
 protected:
  ChainDatabase database_ = offering(GetParam());

  void upgrade() const { database_.require_upgrade(GetParam().target()); }
  void downgrade() const { database_.require_downgrade(GetParam().way_back()); }
  Lines version_rows() const { return database_.rows("SELECT version_num FROM public.alembic_version ORDER BY 1"); }
};

INSTANTIATE_TEST_SUITE_P(Every, OptionalSeeds, testing::Values(tax_settings, demo_data),
                         [](const auto& each) { return std::string(each.param.name); });

TEST_P(OptionalSeeds, brings_everything_it_rests_on) {
  ChainDatabase empty;
  empty.offer(GetParam().name);
  empty.require_upgrade(GetParam().target());
  EXPECT_EQ(empty.rows("SELECT version_num FROM public.alembic_version"), Lines{GetParam().id});
  empty.require_downgrade("base");
  EXPECT_EQ(empty.rows("SELECT version_num FROM public.alembic_version"), Lines{});
}

TEST_P(OptionalSeeds, leaves_exactly_nothing_when_it_goes) {
  const Lines before = database_.sorted_data(Times::kept);
  upgrade();
  EXPECT_NE(database_.sorted_data(Times::kept), before);
  EXPECT_EQ(version_rows(), Lines{GetParam().id});
  downgrade();
  EXPECT_EQ(database_.sorted_data(Times::kept), before);
  EXPECT_EQ(version_rows(), Lines{seed});
}

TEST_P(OptionalSeeds, is_data_only) {
  const Schema schema = database_.schema();
  upgrade();
  EXPECT_EQ(differences(schema, database_.schema()), Lines{});
}

TEST_P(OptionalSeeds, makes_the_same_rows_everywhere_and_changes_nothing_when_run_again) {
  upgrade();
  const Lines rows = database_.sorted_data(Times::left_out);
  forget(GetParam(), database_);
  upgrade();
  EXPECT_EQ(database_.sorted_data(Times::left_out), rows);
  const ChainDatabase other = offering(GetParam());
  other.require_upgrade(GetParam().target());
  EXPECT_EQ(other.sorted_data(Times::left_out), rows);
}

TEST_P(OptionalSeeds, follows_the_organization_when_it_is_renamed) {
  database_.execute("UPDATE core.organizations SET slug = 'renamed'; "
                    "INSERT INTO core.organizations (slug, name) VALUES ('default', 'Another')");
  const Lines before = database_.sorted_data(Times::kept);
  upgrade();
  EXPECT_EQ(database_.rows("SELECT DISTINCT o.slug FROM pos.tax_rates r JOIN core.organizations o ON o.id = r.organization_id"),
            Lines{"renamed"});
  downgrade();
  EXPECT_EQ(database_.sorted_data(Times::kept), before);
}

TEST_P(OptionalSeeds, writes_a_script_that_does_the_same) {
  upgrade();
  const std::string range = std::string(seed) + ":" + GetParam().id;
  ChainDatabase offline = offering(GetParam());
  offline.require_apply(offline.script({"upgrade", "--sql", range}));
  EXPECT_EQ(offline.sorted_data(Times::left_out), database_.sorted_data(Times::left_out));
}

}  // namespace
}  // namespace cairn::test
