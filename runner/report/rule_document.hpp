#pragma once

#include <string>

namespace cairn {

/// docs/lint.md, printed from the tables of rules.
std::string rule_document();

}  // namespace cairn
