#pragma once

#include "commands/invocation.hpp"

#include <string>
#include <vector>

namespace cairn {

/// Opens the database and reads the version rows.
std::vector<std::string> read_rows(const Invocation& invocation);

/// The version rows where --rev-range speaks of "current"; otherwise none, and nothing is contacted.
std::vector<std::string> read_rows_of_range(const Invocation& invocation);

}  // namespace cairn
