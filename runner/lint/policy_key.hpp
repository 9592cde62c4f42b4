#pragma once

#include "schema/difference.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// Of a new primary key on one uuid column that refers to nothing: the column, where no default of it makes a uuid, so that
/// somebody else has to.
std::optional<std::string> find_unmade_key(const Difference& constraint, const std::vector<Difference>& made);

}  // namespace cairn
