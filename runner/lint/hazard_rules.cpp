#include "lint/finding.hpp"

namespace cairn {

std::span<const Rule> hazard_rules() { return {}; }

}  // namespace cairn
