#include "report/smoke_html.hpp"

#include "base/text.hpp"
#include "report/smoke_effects.hpp"
#include "report/smoke_escape.hpp"
#include "report/smoke_locks.hpp"
#include "report/smoke_words.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

namespace cairn {

namespace {

constexpr double bar_width = 1000;
constexpr std::size_t first_line = 110;
constexpr std::size_t most_effects = 12;
constexpr std::size_t most_marks = 24;   ///< between statements; more are a grey area

double share_of(std::chrono::microseconds part, std::chrono::microseconds whole) {
  return whole.count() == 0 ? 0 : bar_width * static_cast<double>(part.count()) / static_cast<double>(whole.count());
}

/// When the statement ran, within the time of its step.
std::string bar_markup(std::chrono::microseconds start, std::chrono::microseconds duration, std::chrono::microseconds whole) {
  const double width = std::max(share_of(duration, whole), 4.0);
  const double x = std::min(share_of(start, whole), bar_width - width);
  return fmt::format("<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                     "<rect class=\"{}\" x=\"{:.0f}\" width=\"{:.0f}\" height=\"10\"/></svg>",
                     width > bar_width / 4 ? "long" : "short", x, width);
}

std::string effects_markup(const StatementEffects& statement) {
  std::vector<std::string> lines = describe_effects(statement);
  if (statement.failed) lines.insert(lines.begin(), "failed: what it did is not known");
  if (!statement.in_transaction) lines.emplace_back("ran outside a transaction");
  if (lines.empty()) return "";
  std::string text = "<ul class=\"effects\">";
  const std::size_t shown = std::min(lines.size(), most_effects);
  for (std::size_t i = 0; i < shown; ++i) text += fmt::format("<li>{}</li>", escape_markup(cut_text(clean_line(lines[i]), 300)));
  return text + "</ul>" + more_markup(lines.size(), shown);
}

std::string place_markup(const Place& place) {
  return describe(place).empty() ? "" : fmt::format("<p class=\"place\">{}</p>", name_markup(describe(place)));
}

/// A text that fits its line needs nothing to open.
std::string sql_markup(const StatementEffects& statement, const PageBounds& bounds) {
  const std::string text = clean_text(statement.text);
  const std::string line = cut_text(clean_line(text), first_line);
  if (line == text) return fmt::format("<code class=\"sql\">{}</code>{}", escape_markup(text), place_markup(statement.place));
  return fmt::format("<details class=\"sql\"><summary><code>{}</code></summary><pre>{}</pre></details>{}", escape_markup(line),
                     escape_markup(cut_text(text, bounds.characters)), place_markup(statement.place));
}

std::string statements_markup(const StepEffects& effects, const PageBounds& bounds) {
  const auto& all = effects.statements;
  const auto whole = std::accumulate(all.begin(), all.end(), std::chrono::microseconds{0},
                                     [](auto sum, const StatementEffects& one) { return sum + one.duration; });
  const std::size_t shown = std::min(all.size(), bounds.statements);
  std::chrono::microseconds start{0};
  std::string text = "<table class=\"statements\"><caption>Statements</caption><thead><tr><th>#</th><th>SQL and what it did</th>"
                     "<th>time</th><th>when</th></tr></thead><tbody>\n";
  for (std::size_t i = 0; i < shown; ++i) {
    text += fmt::format("<tr><td>{}</td><td>{}{}</td><td class=\"time\">{}</td><td class=\"when\">{}</td></tr>\n", i + 1,
                        sql_markup(all[i], bounds), effects_markup(all[i]), escape_markup(short_time(all[i].duration)), bar_markup(start, all[i].duration, whole));
    start += all[i].duration;
  }
  return text + "</tbody></table>" + more_markup(all.size(), shown);
}

/// Height and pattern of a lock's bar tell how strong it is.
std::string lock_bar(const LockSpan& span, std::size_t statements) {
  const int strength = strength_of(span.mode);
  const int height = strength == 8 ? 14 : strength >= 5 ? 10 : 5;
  std::string text = fmt::format("<svg class=\"lock\" viewBox=\"0 0 {} 14\" preserveAspectRatio=\"none\" aria-hidden=\"true\">", statements * 20);
  text += fmt::format("<rect class=\"s{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>", strength, span.first * 20, 14 - height,
                      (span.last - span.first + 1) * 20, height);
  for (std::size_t i = 1; statements <= most_marks && i < statements; ++i) text += fmt::format("<path d=\"M{} 0v14\"/>", i * 20);
  return text + "</svg>";
}

std::string range_of(const LockSpan& span) {
  return span.first == span.last ? fmt::format("statement {}", span.first + 1) : fmt::format("statements {}–{}", span.first + 1, span.last + 1);
}

std::string shown_mode(std::string_view mode) { return std::string(mode.ends_with("Lock") ? mode.substr(0, mode.size() - 4) : mode); }

std::string lock_row(const LockSpan& span, std::size_t statements) {
  const std::string_view waits = what_waits(span.mode);
  const std::string others = waits.empty() ? "" : fmt::format(" <span class=\"waits\">{}</span>", waits);
  return fmt::format("<tr{}><td><code>{}</code></td><td><span class=\"mode\">{}</span>{}</td><td class=\"span\">{}, {}</td>"
                     "<td class=\"when\">{}</td></tr>\n",
                     strength_of(span.mode) == 8 ? " class=\"strongest\"" : "", name_markup(span.relation),
                     name_markup(shown_mode(span.mode)), others, range_of(span), escape_markup(short_time(span.duration)),
                     lock_bar(span, statements));
}

std::string locks_markup(const StepEffects& effects, const PageBounds& bounds) {
  const std::vector<LockSpan> spans = find_lock_spans(effects);
  if (spans.empty()) return "<p class=\"more\">It takes no lock on what was there before it.</p>";
  const std::size_t shown = std::min(spans.size(), bounds.locks);
  std::string text = "<table class=\"locks\"><caption>Locks on what was there before</caption><thead><tr><th>relation</th><th>lock</th>"
                     "<th>held</th><th>over the statements</th></tr></thead><tbody>\n";
  for (std::size_t i = 0; i < shown; ++i) text += lock_row(spans[i], effects.statements.size());
  return text + "</tbody></table>" + more_markup(spans.size(), shown);
}

}  // namespace

std::string step_markup(const StepEffects& effects, const PageBounds& bounds) {
  if (effects.statements.empty()) return "";
  std::string text = statements_markup(effects, bounds) + locks_markup(effects, bounds);
  if (!effects.complete)
    text += "<p class=\"more\">The user may not make event triggers: why tables were written anew and what went by cascade is not known.</p>";
  return text;
}

}  // namespace cairn
