#pragma once

#include "graph/plan.hpp"
#include "report/format.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// A script for psql, and what is in it.
struct ScriptReport {
  std::string_view command;
  std::vector<std::string> rows_before;
  std::vector<std::string> rows_after;
  std::vector<Step> steps;
  std::string script;
  std::string file;      ///< where it was written to; empty: it is the answer itself
};

std::string render(const ScriptReport& report, const Format& format);

}  // namespace cairn
