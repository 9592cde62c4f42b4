#pragma once

#include "graph/revision.hpp"

#include <string>

namespace cairn {

/// The "-- cairn: key = value" lines that stand at the top of up.sql, each with its line break.
std::string sql_header(const Revision& revision);

}  // namespace cairn
