#pragma once

#include "smoke/proof.hpp"
#include "smoke/stage.hpp"

#include <chrono>
#include <vector>

namespace cairn {

/// A passage after which the schema should be as it was there.
Trial judge_trial(const Snapshot& expected, const Snapshot& found, std::chrono::microseconds duration);

Trial failed_trial(Passage passage);

/// Differences of rows make a verdict worse as those of the schema do.
void add_rows(Trial& trial, std::vector<Difference> differences);

/// What the ladder has to say as findings, one for each rule that a passage breaks.
std::vector<Finding> find_faults(const Proof& proof);
std::vector<Finding> find_faults(const ChainProof& chain);

}  // namespace cairn
