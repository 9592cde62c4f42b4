#include "smoke/proof.hpp"

#include <algorithm>

namespace cairn {

bool fails(const SmokeResult& result, const Finding& finding) {
  return result.gate && finding.accepted.empty() && finding.level >= *result.gate;
}

bool fails(const SmokeResult& result) {
  return std::any_of(result.findings.begin(), result.findings.end(), [&](const Finding& finding) { return fails(result, finding); });
}

}  // namespace cairn
