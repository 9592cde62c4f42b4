#pragma once

#include "observe/effect.hpp"
#include "report/json_document.hpp"
#include "schema/difference.hpp"

#include <vector>

namespace cairn {

/// Lists that are empty are left out of a statement.
Json to_json(const StepEffects& effects);

Json to_json(const std::vector<Difference>& differences);

}  // namespace cairn
