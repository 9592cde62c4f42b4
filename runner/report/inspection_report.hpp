#pragma once

#include "plugin/inspection.hpp"
#include "report/format.hpp"

#include <string>
#include <vector>

namespace cairn {

std::string render(const std::vector<Inspection>& inspections, const Format& format);

}  // namespace cairn
