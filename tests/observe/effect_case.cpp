#include "observe/effect_case.hpp"

#include <gtest/gtest.h>

namespace cairn::test {

void expect_effects(std::span<const EffectCase> cases) {
  WatchedDatabase database;
  for (const EffectCase& row : cases) {
    database.execute("DROP SCHEMA public CASCADE; DROP SCHEMA IF EXISTS s, \"S\" CASCADE; CREATE SCHEMA public");
    database.execute(row.setup);
    const StepEffects effects = database.watch(row.sql);
    EXPECT_TRUE(effects.complete) << row.sql;
    EXPECT_EQ(last_of(effects), row.seen) << row.sql;
  }
}

}  // namespace cairn::test
