#pragma once

#include "report/format.hpp"

#include <string>
#include <vector>

namespace cairn {

/// What a wait that came to its end has to say.
struct WaitReport {
  std::string database;             ///< redacted
  std::string target;               ///< as typed; empty: a connection was all that was wanted
  std::vector<std::string> rows;    ///< with a target: where the database is
};

std::string render(const WaitReport& report, const Format& format);

}  // namespace cairn
