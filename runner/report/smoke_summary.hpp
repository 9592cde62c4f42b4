#pragma once

#include "report/smoke_report.hpp"

#include <string>

namespace cairn {

/// For a terminal, short: -v shows what the upgrades made, where they took their time, and what was accepted.
std::string render_summary(const SmokeReport& report, const Format& format);

/// Everything, for programs.
std::string render_smoke_document(const SmokeReport& report);

}  // namespace cairn
