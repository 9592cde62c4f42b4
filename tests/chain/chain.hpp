#pragma once

#include "chain/server.hpp"

#include <string>

namespace cairn::testing {

inline constexpr char baseline[] = "000000000001";
inline constexpr char init_schema[] = "37a02ec8662a";
inline constexpr char sanity[] = "853113448960";
inline constexpr char seed[] = "2864583ca021";

/// Exit code of a revision that failed and was rolled back.
inline constexpr int revision_failed = 9;

inline Database empty_database() { return Database(Server::instance().create_database()); }

/// A database at the last revision before the seed. The first call runs the chain, later ones copy.
inline Database unseeded_database() {
  static const std::string original = [] {
    const Database database = empty_database();
    database.require_upgrade(sanity);
    return database.name();
  }();
  return Database(Server::instance().create_database(original));
}

}  // namespace cairn::testing
