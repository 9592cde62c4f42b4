#pragma once

#include "chain/chain.hpp"

namespace cairn::test {

/// A seed that is off by default: a base of its own, so the chain has several heads with it.
struct OptionalSeed {
  const char* name;   ///< its folder and its label
  const char* id;

  std::string target() const { return std::string(name) + "@head"; }
  std::string way_back() const { return std::string(name) + "@base"; }
};

inline constexpr OptionalSeed tax_settings{"tax_settings", "9b1f4c7e2a60"};
inline constexpr OptionalSeed demo_data{"demo_data", "c4d8a61f03b7"};

/// A database with the first seed, to which the optional one can be applied.
inline ChainDatabase offering(const OptionalSeed& optional) {
  ChainDatabase database = seeded_database();
  database.offer(optional.name);
  return database;
}

/// As a database that has the rows but not the revision.
inline void forget(const OptionalSeed& optional, const ChainDatabase& database) {
  database.execute("UPDATE public.alembic_version SET version_num = '" + std::string(seed) + "' WHERE version_num = '" +
                   optional.id + "'");
}

}  // namespace cairn::test
