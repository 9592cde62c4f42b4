#include "report/lock_report.hpp"

#include "base/text.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

std::string render(const LockReport& report, const Format& format) {
  if (format.kind == Kind::text)
    return report.error ? "" : fmt::format("{}: {}{}\n", report.file, count_of(report.revisions.size(), "revision"), report.changed ? "" : ", unchanged");
  Json document = make_document("lock", report.error ? report.error->category() : Category::none);
  document["lock_file"] = report.file;
  document["changed"] = report.changed;
  document["locked"] = Json::array();
  for (const LockedRevision& one : report.revisions)
    document["locked"].push_back({{"id", one.id}, {"file", one.file}, {"sha256", one.sha256}, {"source_digest", one.source_digest}});
  if (report.error) document["error"] = to_json(*report.error);
  return print(document);
}

}  // namespace cairn
