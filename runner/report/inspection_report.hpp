#pragma once

#include "base/error.hpp"
#include "plugin/inspection.hpp"
#include "report/format.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// `error`: all that is wrong with them; text leaves its printing to the caller.
std::string render(const std::vector<Inspection>& inspections, const std::optional<Error>& error, const Format& format);

}  // namespace cairn
