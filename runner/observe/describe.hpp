#pragma once

#include "observe/effect.hpp"

#include <string>
#include <vector>

namespace cairn {

/// What a statement did, one line each: "rewrites table public.users (type)". Of its locks those that it took. A relation
/// that the revision has made is called fresh.
std::vector<std::string> describe(const StatementEffects& effects);

/// "foreign key t_owner_fkey of table public.t has no index".
std::string describe_missing_index(const SeenConstraint& key);

}  // namespace cairn
