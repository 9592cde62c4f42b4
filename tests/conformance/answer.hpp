#pragma once

#include "conformance/case_file.hpp"

#include <string>

namespace cairn::conformance {

/// Puts the question to the graph layer and compares. Empty: as on record; else what is different.
std::string difference_from_record(const Case& one);

}  // namespace cairn::conformance
