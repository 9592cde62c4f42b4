#include "report/tables_report.hpp"

#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

std::string render(const TablesReport& report, const Format& format) {
  if (format.kind == Kind::text)
    return fmt::format("{} {} {} and {}\n", report.database, report.created ? "now has" : "already had", report.version_table,
                       report.journal_table);
  Json document = make_document("ensure-version", Category::none);
  document["database"] = report.database;
  document["version_table"] = report.version_table;
  document["journal_table"] = report.journal_table;
  document["created"] = report.created;
  return print(document);
}

}  // namespace cairn
