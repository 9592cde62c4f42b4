#pragma once

#include "graph/revision.hpp"

#include <string>
#include <string_view>

namespace cairn {

/// Of "rule: reason", blanks around both left out. A text without a colon is a rule without a reason.
Acceptance parse_acceptance(std::string_view text);

/// "rule: reason", as it is written in metadata.
std::string acceptance_text(const Acceptance& acceptance);

}  // namespace cairn
