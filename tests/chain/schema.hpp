#pragma once

#include "schema/snapshot.hpp"
#include "support/test_database.hpp"

#include <string>
#include <vector>

namespace cairn::test {

/// A schema without the runner's own tables, as two independent readers see it.
struct Schema {
  Snapshot snapshot;   ///< the runner's own
  std::string dump;    ///< what pg_dump prints
};

/// One line for each difference that either reader sees.
std::vector<std::string> differences(const Schema& before, const Schema& after);

/// What is there now. Throws std::runtime_error.
Schema read_schema(const TestDatabase& database);

}  // namespace cairn::test
