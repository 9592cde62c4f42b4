#pragma once

#include "report/format.hpp"

#include <string>

namespace cairn {

/// What ensure-version has to say.
struct TablesReport {
  std::string database;        ///< redacted
  std::string version_table;   ///< qualified
  std::string journal_table;
  bool created = false;        ///< one of them, by this command
};

std::string render(const TablesReport& report, const Format& format);

}  // namespace cairn
