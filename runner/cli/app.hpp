#pragma once

#include <string>
#include <vector>

namespace cairn {

/// The whole program: words in, exit code out. Holds the one catch of the process.
int run_app(const std::vector<std::string>& words);

}  // namespace cairn
