#pragma once

#include "authoring/metadata_problem.hpp"

#include <string_view>

namespace cairn {

/// Reads the "-- cairn: key = value" lines at the top of an up.sql, as the build does.
ReadMetadata read_sql_header(std::string_view text);

}  // namespace cairn
