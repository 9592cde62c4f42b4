#pragma once

#include "schema/snapshot.hpp"

#include <string>
#include <vector>

namespace cairn {

enum class Change {
  left_over,   ///< only in the second snapshot
  missing,     ///< only in the first
  changed,
};

struct Difference {
  Change change = Change::changed;
  std::string kind;
  std::string identity;
  std::string before;   ///< definition; empty when left over
  std::string after;    ///< definition; empty when missing

  bool operator==(const Difference&) const = default;
};

/// What a second snapshot of a database says that the first did not, in the order of kind and identity.
/// Both must have been read with the same options.
std::vector<Difference> compare(const Snapshot& before, const Snapshot& after);

/// One line, for example:
///   left over: index public.users_email
///   changed: column public.users.name (notnull: false, now true; type: "text", now "integer")
std::string describe(const Difference& difference);

}  // namespace cairn
