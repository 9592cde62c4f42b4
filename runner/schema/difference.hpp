#pragma once

#include "schema/snapshot.hpp"

#include <string>
#include <vector>

namespace cairn {

enum class Change {
  left_over,     ///< only in the second snapshot
  missing,       ///< only in the first
  changed,
  order,         ///< a column stands elsewhere among those of its table, and is the same otherwise
  white_space,   ///< only white space of a routine's text
  times,         ///< only days and times, as in what was computed from the clock when it was made
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
///   order only: column public.users.name (position: 3, now 4)
std::string describe(const Difference& difference);

}  // namespace cairn
