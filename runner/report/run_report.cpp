#include "report/run_report.hpp"

#include "base/text.hpp"
#include "report/json_document.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::string_view word(Direction direction) { return direction == Direction::up ? "up" : "down"; }

std::string_view word(StepState state) {
  switch (state) {
    case StepState::done: return "done";
    case StepState::failed: return "failed";
    case StepState::untouched: return "untouched";
    case StepState::unknown: return "unknown";
  }
  return "unknown";
}

std::string position(const std::vector<std::string>& rows, const std::vector<std::string>& heads) {
  if (rows.empty()) return "base";
  std::vector<std::string> marked;
  for (const std::string& row : rows)
    marked.push_back(row + (std::find(heads.begin(), heads.end(), row) != heads.end() ? " (head)" : ""));
  return join(marked, ", ");
}

std::string step_line(const StepOutcome& step, const RunReport& report, const Format& format, std::size_t width) {
  const std::string name = fmt::format("  {} {}  {}", padded(word(step.direction), 4), padded(step.revision->id, width),
                                       padded(step.revision->message, 40));
  if (report.dry) {
    std::string text = name;
    while (text.ends_with(' ')) text.pop_back();
    return text + "\n";
  }
  switch (step.state) {
    case StepState::done: return fmt::format("{}  {:>7} ms\n", name, step.duration.count());
    case StepState::failed: return name + "  " + paint(format, Ink::red, "failed") + "\n";
    case StepState::untouched: return name + "  " + paint(format, Ink::dim, "not run") + "\n";
    case StepState::unknown: return name + "  " + paint(format, Ink::yellow, "unknown") + "\n";
  }
  return name + "\n";
}

std::string text_of(const RunReport& report, const Format& format) {
  std::size_t width = 12;
  for (const StepOutcome& step : report.steps) width = std::max(width, step.revision->id.size());
  std::string text;
  for (const StepOutcome& step : report.steps) text += step_line(step, report, format, width);
  if (report.steps.empty() && report.rows_before == report.rows_after)
    return text + fmt::format("nothing to do: {} is at {}\n", report.database, position(report.rows_after, report.heads));
  if (report.dry)
    return text + fmt::format("{} would go from {} to {}\n", report.database, position(report.rows_before, report.heads),
                              position(report.rows_after, report.heads));
  return text + fmt::format("{} is at {}\n", report.database, position(report.rows_after, report.heads));
}

Json step_json(const StepOutcome& step, bool dry) {
  Json json = {{"direction", word(step.direction)}, {"id", step.revision->id}, {"message", step.revision->message}};
  if (dry) return json;
  json["state"] = word(step.state);
  if (step.state == StepState::done) json["ms"] = step.duration.count();
  return json;
}

}  // namespace

std::string render(const RunReport& report, const Format& format) {
  if (format.kind == Kind::text) return text_of(report, format);
  Json document = make_document(report.command, report.error ? report.error->category() : Category::none);
  document["database"] = report.database;
  document["dry_run"] = report.dry;
  document["rows_before"] = report.rows_before;
  document["rows_after"] = report.rows_after;
  document["steps"] = Json::array();
  for (const StepOutcome& step : report.steps) document["steps"].push_back(step_json(step, report.dry));
  if (report.error) document["error"] = to_json(*report.error);
  return print(document);
}

}  // namespace cairn
