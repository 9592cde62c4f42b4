#include "report/accept_report.hpp"

#include "engine/failure.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

std::string text_of(const AcceptReport& report) {
  std::string text;
  for (const AcceptedRevision& one : report.accepted)
    text += report.dry ? fmt::format("{} would be accepted as it is now\n", name_of(*one.revision))
                       : fmt::format("{} is accepted as it is now\n", name_of(*one.revision));
  for (const Revision* revision : report.unchanged) text += fmt::format("{} was not edited\n", name_of(*revision));
  for (const Revision* revision : report.unknown)
    text += fmt::format("{} stays as it is: the journal does not say how it was applied\n", name_of(*revision));
  return text.empty() ? "no applied revision was edited\n" : text;
}

Json ids_of(const std::vector<const Revision*>& revisions) {
  Json ids = Json::array();
  for (const Revision* revision : revisions) ids.push_back(revision->id);
  return ids;
}

}  // namespace

std::string render(const AcceptReport& report, const Format& format) {
  if (format.kind == Kind::text) return text_of(report);
  Json document = make_document("accept", Category::none);
  document["database"] = report.database;
  document["dry_run"] = report.dry;
  document["accepted"] = Json::array();
  for (const AcceptedRevision& one : report.accepted)
    document["accepted"].push_back({{"id", one.revision->id}, {"message", one.revision->message},
                                    {"digest_before", one.digest_before}, {"digest", one.digest}});
  document["unchanged"] = ids_of(report.unchanged);
  document["unknown"] = ids_of(report.unknown);
  return print(document);
}

}  // namespace cairn
