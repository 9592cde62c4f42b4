#pragma once

#include "support/sql_plugin_file.hpp"

#include <string>
#include <vector>

namespace cairn::test {

/// A SQL revision from lines "key: value"; see transcript.hpp for the keys. Throws std::runtime_error for a
/// line it does not know.
SqlPlugin parse_plugin_block(const std::vector<std::string>& lines);

}  // namespace cairn::test
