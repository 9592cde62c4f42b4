#pragma once

#include "lint/finding.hpp"
#include "observe/effect.hpp"
#include "schema/difference.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// What the upgrade of a revision did.
struct MadeObjects {
  const Revision& revision;
  const std::vector<Difference>& made;
  const StepEffects& effects;
};

/// Holds each new object against what is demanded of it: where it is, what it is called, how its keys are made.
std::vector<Finding> judge_objects(const MadeObjects& objects, const std::vector<std::string>& schemas);

/// True for a name that says the column waits for a use: reserved1, future_use, spare_2.
bool is_placeholder(std::string_view column);

/// What a name would be in snake_case: firstName -> first_name. Empty when nothing of it is left.
std::string in_snake_case(std::string_view name);

}  // namespace cairn
