#include "report/script_report.hpp"

#include "base/text.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

std::string position(const std::vector<std::string>& rows) { return rows.empty() ? "base" : join(rows, ", "); }

std::string written_text(const ScriptReport& report) {
  return fmt::format("{} leads from {} to {}; apply it with \"psql -X -v ON_ERROR_STOP=1 -f {}\"\n", report.file,
                     position(report.rows_before), position(report.rows_after), report.file);
}

}  // namespace

std::string render(const ScriptReport& report, const Format& format) {
  if (format.kind == Kind::text) {
    if (report.file.empty()) return report.script;
    return format.quiet ? std::string() : written_text(report);
  }
  Json document = make_document(report.command, Category::none);
  document["rows_before"] = report.rows_before;
  document["rows_after"] = report.rows_after;
  document["steps"] = Json::array();
  for (const Step& step : report.steps)
    document["steps"].push_back({{"direction", step.direction == Direction::up ? "up" : "down"}, {"id", step.revision->id},
                                 {"message", step.revision->message}});
  document["script"] = report.script;
  if (!report.file.empty()) document["output"] = report.file;
  return print(document);
}

}  // namespace cairn
