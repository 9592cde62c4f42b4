#include "report/authoring_report.hpp"

#include "report/json_document.hpp"

namespace cairn {

namespace {

std::string lines_of(const std::vector<std::string>& files) {
  std::string text;
  for (const std::string& file : files) text += file + "\n";
  return text;
}

}  // namespace

std::string render(std::string_view command, const NewRevisionReport& report, const Format& format) {
  if (format.kind == Kind::text) return lines_of(report.files);
  const Revision& r = report.revision;
  Json document = make_document(command, Category::none);
  document["id"] = r.id;
  document["down_revision"] = r.down_revisions;
  document["depends_on"] = r.depends_on;
  document["labels"] = r.labels;
  document["message"] = r.message;
  document["author"] = r.author;
  document["date"] = r.date;
  document["kind"] = r.kind == RevisionKind::sql ? "sql" : "code";
  document["seed"] = r.seed;
  document["paths"] = report.files;
  document["notes"] = report.notes;
  return print(document);
}

std::string render(std::string_view command, const FileReport& report, const Format& format) {
  if (format.kind == Kind::text) return lines_of(report.files);
  Json document = make_document(command, Category::none);
  document["paths"] = report.files;
  document["notes"] = report.notes;
  return print(document);
}

}  // namespace cairn
