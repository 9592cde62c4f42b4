#pragma once

#include "observe/effect.hpp"

#include <string>
#include <vector>

namespace cairn {

/// What a statement did, one line each: "rewrites table public.users (type)". Of its locks those that it took; what is said
/// of fresh relations ends in ", fresh".
std::vector<std::string> describe(const StatementEffects& effects);

/// "foreign key t_owner_fkey of table public.t has no index".
std::string describe_missing_index(const SeenConstraint& key);

}  // namespace cairn
