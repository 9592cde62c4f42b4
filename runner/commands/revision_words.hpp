#pragma once

#include "config/settings.hpp"

#include <string>

namespace cairn {

/// Ids and labels of the revisions that can be read, one on each line and sorted, for the completion of command
/// lines. Reads notes only. What cannot be used is left out: a person in the middle of typing wants no report.
std::string revision_words(const Settings& settings);

}  // namespace cairn
