#pragma once

#include "seam/sql_channel.hpp"

#include <string>
#include <vector>

namespace cairn {

/// The statement with a literal in the place of each $1, $2, …: a quoted constant without a type, so that the server
/// gives it the type the statement wants, as it would to the parameter; NULL for none. Nothing is replaced in strings,
/// names and comments. Throws Error (revision) for a $n that has no value, and for a value that is not valid UTF-8.
std::string bind_parameters(const std::string& sql, const std::vector<Cell>& values);

}  // namespace cairn
