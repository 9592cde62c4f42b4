#include "report/wait_report.hpp"

#include "base/text.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

std::string render(const WaitReport& report, const Format& format) {
  if (format.kind == Kind::json) {
    Json document = make_document("wait", Category::none);
    document["database"] = report.database;
    if (!report.target.empty()) {
      document["target"] = report.target;
      document["rows"] = report.rows;
    }
    return print(document);
  }
  if (format.quiet) return "";
  if (report.target.empty()) return fmt::format("{} accepts connections\n", report.database);
  return fmt::format("{} has reached {}: it is at {}\n", report.database, report.target,
                     report.rows.empty() ? "base" : join(report.rows, ", "));
}

}  // namespace cairn
