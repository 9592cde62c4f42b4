#include "report/run_report.hpp"

#include "base/text.hpp"
#include "report/columns.hpp"
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

/// Columns of a table of steps.
struct Widths {
  std::size_t id = 12;
  std::size_t message = 0;
};

constexpr std::size_t widest_message = 60;

Widths widths_of(const std::vector<StepOutcome>& steps) {
  Widths widths;
  for (const StepOutcome& step : steps) {
    widths.id = std::max(widths.id, columns_of(step.revision->id));
    widths.message = std::max(widths.message, std::min(columns_of(step.revision->message), widest_message));
  }
  return widths;
}

std::string state_text(const StepOutcome& step, const Format& format) {
  switch (step.state) {
    case StepState::done: return fmt::format("{:>7} ms", step.duration.count());
    case StepState::failed: return paint(format, Ink::red, "failed");
    case StepState::untouched: return paint(format, Ink::dim, "not run");
    case StepState::unknown: return paint(format, Ink::yellow, "unknown");
  }
  return "";
}

std::string step_line(const StepOutcome& step, const Format& format, const Widths& widths, bool dry) {
  const std::string& message = step.revision->message;
  const bool last = dry && message.empty();   // nothing follows, so no blanks do
  const std::string name = fmt::format("  {} {}", padded(word(step.direction), 4),
                                       paint(format, Ink::yellow, padded(step.revision->id, last ? 0 : widths.id)));
  if (dry) return last ? name + "\n" : name + "  " + message + "\n";
  return fmt::format("{}  {}  {}\n", name, padded(message, widths.message), state_text(step, format));
}

std::string text_of(const RunReport& report, const Format& format) {
  const Widths widths = widths_of(report.steps);
  std::string text;
  for (const StepOutcome& step : report.steps) text += step_line(step, format, widths, report.dry);
  if (report.command == "stamp")
    return fmt::format("{} is stamped: it was at {}, it is at {}\n", report.database,
                       position(report.rows_before, report.heads), position(report.rows_after, report.heads));
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
  // A plan is what was asked for; after a failure the error says where the database stands.
  if (format.kind == Kind::text) return format.quiet && !report.dry ? std::string() : text_of(report, format);
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
