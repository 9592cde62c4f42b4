#include "report/import_report.hpp"

#include "base/text.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

std::string flags_of(const Revision& revision) {
  std::vector<std::string> flags;
  if (!revision.transactional) flags.emplace_back("outside a transaction");
  if (!revision.reversible) flags.emplace_back("irreversible");
  return flags.empty() ? "" : fmt::format(" ({})", join(flags, ", "));
}

std::string revision_lines(const ImportReport& report, const Format& format) {
  std::string text;
  for (std::size_t i = 0; i < report.folders.size(); ++i) {
    const Revision& revision = report.import.sources[i].revision;
    text += fmt::format("  {} -> {}{}\n", paint(format, Ink::yellow, revision.id), report.folders[i], flags_of(revision));
  }
  return text;
}

/// As compilers print places, so that editors can jump there.
std::string place_text(const Place& place) {
  return place.line == 0 ? place.file : fmt::format("{}:{}", place.file, place.line);
}

std::string remark_lines(std::string_view title, const std::vector<ImportRemark>& remarks) {
  if (remarks.empty()) return "";
  std::string text = fmt::format("\n{}:\n", title);
  for (const ImportRemark& remark : remarks)
    text += fmt::format("  {}{}: {}\n", remark.revision.empty() ? "" : remark.revision + ", ", place_text(remark.place),
                        printable(remark.text, 500));
  return text;
}

std::string next_lines(const ImportReport& report) {
  std::string text = "\nnext:\n";
  if (!report.settings.empty()) {
    text += "  write into cairn.toml, since Alembic keeps its rows there:\n";
    for (const std::string& line : report.settings) text += fmt::format("    {}\n", line);
  }
  text += fmt::format("  build the revisions: cairn_add_revision_directory({}) in CMakeLists.txt takes them all\n", report.into);
  return text + "  compare \"cairn current\" with \"alembic current\" on a database that Alembic upgraded\n";
}

std::string text_of(const ImportReport& report, const Format& format) {
  std::string text = fmt::format("{} written to {}\n", count_of(report.folders.size(), "revision"), report.into);
  text += revision_lines(report, format);
  if (!report.skipped.empty()) text += fmt::format("\nno revisions, and left out:\n  {}\n", join(report.skipped, "\n  "));
  text += remark_lines("not carried over", report.import.lost);
  text += remark_lines("please look at", report.import.remarks);
  return text + next_lines(report);
}

Json remarks_json(const std::vector<ImportRemark>& remarks) {
  Json list = Json::array();
  for (const ImportRemark& remark : remarks) {
    Json json = {{"id", remark.revision}, {"file", remark.place.file}};
    if (remark.place.line > 0) json["line"] = remark.place.line;
    json["message"] = remark.text;
    list.push_back(std::move(json));
  }
  return list;
}

Json document_of(const ImportReport& report) {
  Json document = make_document("import", Category::none);
  document["into"] = report.into;
  document["imported"] = Json::array();
  for (std::size_t i = 0; i < report.folders.size(); ++i) {
    const Revision& revision = report.import.sources[i].revision;
    document["imported"].push_back({{"id", revision.id}, {"message", revision.message}, {"path", report.folders[i]},
                                    {"transactional", revision.transactional}, {"reversible", revision.reversible}});
  }
  document["skipped"] = report.skipped;
  document["lost"] = remarks_json(report.import.lost);
  document["remarks"] = remarks_json(report.import.remarks);
  document["settings"] = report.settings;
  return document;
}

}  // namespace

std::string render(const ImportReport& report, const Format& format) {
  return format.kind == Kind::text ? text_of(report, format) : print(document_of(report));
}

}  // namespace cairn
