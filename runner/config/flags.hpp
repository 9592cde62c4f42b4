#pragma once

#include "base/error.hpp"
#include "config/layer.hpp"
#include "config/settings.hpp"

#include <vector>

namespace cairn {

/// What the flags set. What is wrong with them is added to the problems.
Layer read_flags(const CommandLineSettings& line, std::vector<Error>& problems);

}  // namespace cairn
