#pragma once

#include "alembic/offline_script.hpp"
#include "alembic/revision_file.hpp"

#include <string>
#include <vector>

namespace cairn {

/// A place to look at, and what is the matter with it.
struct ImportRemark {
  std::string revision;
  Place place;
  std::string text;
  std::string hint = {};   ///< what to do; empty where nothing general can be said
};

/// What became of one direction of a revision.
struct CarriedStep {
  std::string sql;                     ///< what runs; empty: there is nothing to do
  std::vector<ImportRemark> problems;  ///< why it cannot be carried over; empty: it is
  std::vector<ImportRemark> remarks;   ///< it is carried over, and a person should look
  bool outside_transaction = false;
};

/// Holds the SQL of a step against the checks that Cairn makes before it runs one, and against the Python file.
/// `step` may be missing. A step without SQL is taken as empty only when its function does nothing.
CarriedStep carry_over(const AlembicRevision& file, Direction direction, const OfflineStep* step);

}  // namespace cairn
