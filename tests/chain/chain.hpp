#pragma once

#include "chain/chain_database.hpp"

namespace cairn::test {

inline constexpr char baseline[] = "000000000001";
inline constexpr char init_schema[] = "37a02ec8662a";
inline constexpr char sanity[] = "853113448960";
inline constexpr char seed[] = "2864583ca021";

/// A database at the last revision before the seed. The first call runs the chain, later ones copy.
inline ChainDatabase unseeded_database() {
  static const ChainDatabase original = [] {
    ChainDatabase database;
    database.require_upgrade(sanity);
    return database;
  }();
  return ChainDatabase(original.name());
}

/// The same with the seed.
inline ChainDatabase seeded_database() {
  static const ChainDatabase original = [] {
    ChainDatabase database = unseeded_database();
    database.require_upgrade(seed);
    return database;
  }();
  return ChainDatabase(original.name());
}

}  // namespace cairn::test
