#pragma once

#include "lint/finding.hpp"
#include "observe/effect.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// The tables that a statement's foreign keys name without a schema, as written. What a string holds, as the text of a
/// function or of a DO block, is not looked into.
std::vector<std::string> unqualified_references(const std::string& statement);

std::vector<Finding> judge_references(const Revision& revision, const StepEffects& effects);

}  // namespace cairn
