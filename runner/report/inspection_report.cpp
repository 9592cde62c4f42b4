#include "report/inspection_report.hpp"

#include "base/text.hpp"
#include "report/json_document.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

namespace cairn {

namespace {

constexpr std::size_t most_symbols = 20;

std::string row(std::string_view name, std::string_view value) { return fmt::format("  {}{}\n", padded(name, 25), value); }

std::string symbols_of(const DynamicSection& dynamic) {
  std::vector<std::string> shown(dynamic.exported.begin(),
                                 dynamic.exported.begin() + static_cast<std::ptrdiff_t>(std::min(most_symbols, dynamic.exported.size())));
  return fmt::format("{}{}{}", dynamic.exported_count, shown.empty() ? "" : ": ", join(shown, ", "));
}

std::string name_of_note(std::uint32_t type) {
  switch (type) {
    case CAIRN_NOTE_METADATA: return "metadata";
    case CAIRN_NOTE_SQL_UP: return "SQL of upgrade";
    case CAIRN_NOTE_SQL_DOWN: return "SQL of downgrade";
    case CAIRN_NOTE_SQL_VERIFY: return "SQL of verify";
    default: return fmt::format("note of type {}", type);
  }
}

std::string problem_rows(const Inspection& inspection) {
  std::string text;
  for (const std::string& problem : inspection.problems) text += row("problem", problem);
  return text;
}

std::string text_of(const Inspection& inspection) {
  std::string text = inspection.path + "\n";
  for (const InspectedField& field : inspection.fields)
    text += row(fmt::format("{}{}", field.known ? field.name : fmt::format("field {}", field.tag), field.critical ? " (critical)" : ""),
                field.value);
  if (inspection.notes.empty()) return text + problem_rows(inspection);   // nothing more is known of it
  text += row("needs plugin ABI", fmt::format("{}.{}", inspection.abi_major, inspection.abi_minor));
  for (const NoteRef& note : inspection.notes) text += row(name_of_note(note.type), count_of(note.size, "byte"));
  text += row("libraries needed", inspection.dynamic.needed.empty() ? "none" : join(inspection.dynamic.needed, ", "));
  text += row("symbols exported", symbols_of(inspection.dynamic));
  if (inspection.dynamic.unique_count > 0) text += row("unique symbols", std::to_string(inspection.dynamic.unique_count));
  if (!inspection.dynamic.run_path.empty()) text += row("run path", inspection.dynamic.run_path);
  return text + problem_rows(inspection);
}

Json json_of(const Inspection& inspection) {
  Json json = {{"path", inspection.path}, {"usable", inspection.revision.has_value()}};
  json["abi"] = fmt::format("{}.{}", inspection.abi_major, inspection.abi_minor);
  json["fields"] = Json::array();
  for (const InspectedField& field : inspection.fields)
    json["fields"].push_back({{"tag", field.tag}, {"critical", field.critical}, {"known", field.known}, {"name", field.name},
                              {"value", field.value}});
  json["notes"] = Json::array();
  for (const NoteRef& note : inspection.notes) json["notes"].push_back({{"type", note.type}, {"bytes", note.size}});
  json["needed"] = inspection.dynamic.needed;
  json["exported"] = inspection.dynamic.exported;
  json["exported_count"] = inspection.dynamic.exported_count;
  json["unique_count"] = inspection.dynamic.unique_count;
  json["problems"] = inspection.problems;
  return json;
}

}  // namespace

std::string render(const std::vector<Inspection>& inspections, const std::optional<Error>& error, const Format& format) {
  if (format.kind == Kind::text) {
    std::string text;
    for (const Inspection& inspection : inspections) text += (text.empty() ? "" : "\n") + text_of(inspection);
    return text;
  }
  Json document = make_document("inspect", error ? error->category() : Category::none);
  document["files"] = Json::array();
  for (const Inspection& inspection : inspections) document["files"].push_back(json_of(inspection));
  if (error) document["error"] = to_json(*error);
  return print(document);
}

}  // namespace cairn
