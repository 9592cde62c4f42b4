#pragma once

#include "commands/collected.hpp"
#include "smoke/proof.hpp"

#include <vector>

namespace cairn {

/// All that rules have to say of the result, with the levels of the project and the acceptances of the revisions. `further` are
/// findings that do not follow from it.
std::vector<Finding> gather_findings(const SmokeResult& result, const Collected& found, const SmokeSettings& settings,
                                     std::vector<Finding> further);

/// Throws Error (configuration) for rules in cairn.toml that do not exist: before anything is run.
void require_rules(const SmokeSettings& settings);

}  // namespace cairn
