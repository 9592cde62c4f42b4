#include "report/smoke_summary.hpp"

#include "base/text.hpp"
#include "report/columns.hpp"
#include "report/smoke_effects.hpp"
#include "report/smoke_escape.hpp"
#include "report/smoke_words.hpp"
#include "report/smoke_wrap.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t cell_width = 13;
constexpr std::size_t widest_message = 60;
constexpr std::size_t longest_rule = 60;   ///< of the rules that there are, none is half as long

/// How much of long lists is printed.
struct Bounds {
  std::size_t differences = 5;
  std::size_t findings = 5;
  std::size_t made = 0;
  std::size_t slow = 0;
};

Bounds bounds_of(const Format& format) {
  return format.verbose ? Bounds{.differences = 50, .findings = 50, .made = 12, .slow = 3} : Bounds{};
}

struct Widths {
  std::size_t id = 8;
  std::size_t message = 7;
};

Widths widths_of(const SmokeReport& report, const Format& format) {
  Widths widths;
  for (const Proof& proof : report.result.proofs) {
    widths.id = std::clamp(columns_of(proof.revision->id), widths.id, longest_id);
    widths.message = std::max(widths.message, std::min(columns_of(proof.revision->message), widest_message));
  }
  const std::size_t others = 2 + widths.id + 2 + 2 + 3 * cell_width;
  if (format.columns > 0) widths.message = std::min(widths.message, format.columns > others + 8 ? format.columns - others : 8);
  return widths;
}

Ink ink_of(Verdict verdict) {
  if (verdict == Verdict::passed) return Ink::green;
  if (verdict == Verdict::left_out) return Ink::dim;
  return verdict == Verdict::immaterial ? Ink::yellow : Ink::red;
}

Ink ink_of(Level level) { return level == Level::error ? Ink::red : level == Level::warning ? Ink::yellow : Ink::cyan; }

bool has_ended(const Trial& trial) { return trial.verdict == Verdict::passed || trial.verdict == Verdict::immaterial; }

/// "ok 12 ms", or the word alone: a time of what went wrong is of no use. Filled up, since colours have no width.
std::string cell(const Trial& trial, const Format& format) {
  const std::string_view verdict = trial.verdict == Verdict::passed ? "ok" : word(trial.verdict);
  const std::string text = has_ended(trial) ? fmt::format("{} {}", verdict, short_time(trial.duration)) : std::string(verdict);
  return paint(format, ink_of(trial.verdict), text) + std::string(cell_width - std::min(cell_width, columns_of(text)), ' ');
}

std::string trimmed(std::string line) {
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

std::string cut_and_padded(std::string_view text, std::size_t width) {
  return padded(cut_to_columns(clean_line(text), width), width);
}

std::string revision_line(const Proof& proof, const Format& format, const Widths& widths) {
  std::string line = fmt::format("  {}  {}  ", paint(format, Ink::yellow, cut_and_padded(proof.revision->id, widths.id)),
                                 cut_and_padded(proof.revision->message, widths.message));
  for (const ShownPassage& passage : passages(proof)) line += cell(*passage.trial, format);
  return trimmed(line);
}

std::string heading(const Format& format, const Widths& widths) {
  std::string line = fmt::format("  {}  {}  ", padded("revision", widths.id), padded("message", widths.message));
  for (const std::string_view name : {"up", "down", "up again"}) line += padded(name, cell_width);
  while (line.ends_with(' ')) line.pop_back();
  return paint(format, Ink::dim, line) + "\n";
}

std::string error_text(const Error& error, const Format& format, std::string_view head) {
  std::string text = wrapped(format, 16, head, error.message());
  if (!error.detail().empty()) text += wrapped(format, 16, "", error.detail());
  if (error.place()) text += wrapped(format, 16, "", "at " + describe(*error.place()));
  if (!error.hint().empty()) text += wrapped(format, 16, "", "hint: " + error.hint());
  return text;
}

std::string differences_text(const std::vector<Difference>& differences, const Format& format, std::string_view head) {
  const std::vector<std::string> lines = describe_differences(differences);
  const std::size_t shown = std::min(lines.size(), bounds_of(format).differences);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += wrapped(format, 16, i == 0 ? head : "", lines[i]);
  const std::string more = more_line(lines.size(), shown);
  return more.empty() ? text : text + wrapped(format, 16, "", more);
}

/// What is to be said of a passage below its revision's line.
std::string passage_text(const ShownPassage& passage, const Format& format) {
  const std::string head = fmt::format("    {}:", passage.name);
  const Trial& trial = *passage.trial;
  std::string text;
  if (trial.error) text += error_text(*trial.error, format, head);
  text += differences_text(trial.differences, format, text.empty() ? head : "");
  if (text.empty() && !trial.why.empty() && format.verbose) text += wrapped(format, 16, head, trial.why);
  return text;
}

std::string made_text(const Proof& proof, const Format& format) {
  const std::vector<std::string> lines = describe_made(proof.made);
  const std::size_t shown = std::min(lines.size(), bounds_of(format).made);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += wrapped(format, 16, i == 0 ? "    makes:" : "", lines[i]);
  return text;
}

std::string slow_text(const Proof& proof, const Format& format) {
  std::vector<const StatementEffects*> slowest;
  for (const StatementEffects& statement : proof.up_effects.statements) slowest.push_back(&statement);
  std::stable_sort(slowest.begin(), slowest.end(), [](const auto* a, const auto* b) { return a->duration > b->duration; });
  slowest.resize(std::min(slowest.size(), bounds_of(format).slow));
  std::string text;
  for (const StatementEffects* statement : slowest)
    text += wrapped(format, 16, "    " + short_time(statement->duration) + ":", cut_text(clean_line(statement->text), 120));
  return text;
}

std::string revision_text(const Proof& proof, const Format& format, const Widths& widths) {
  std::string text = revision_line(proof, format, widths);
  for (const ShownPassage& passage : passages(proof)) text += passage_text(passage, format);
  return text + made_text(proof, format) + slow_text(proof, format);
}

std::string finding_text(const Finding& finding, const Format& format) {
  std::string text = wrapped(format, 4, "  -", where(finding) + ": " + finding.what);
  if (!finding.accepted.empty()) text += wrapped(format, 4, "", "accepted: " + finding.accepted);
  return text;
}

/// The title stands behind the id where there is room.
std::string rule_heading(const RuleFindings& group, const Format& format) {
  const std::string id = cut_to_columns(clean_line(group.id), longest_rule);
  const std::string line = fmt::format("\n{} {}", paint(format, ink_of(group.level), fmt::format("{}:", name_of(group.level))),
                                       paint(format, Ink::bold, id));
  if (group.rule == nullptr) return line + "\n";
  const std::size_t width = name_of(group.level).size() + 2 + columns_of(id) + 2 + columns_of(group.rule->title);
  if (format.columns > 0 && width > format.columns) return line + "\n" + wrapped(format, 2, "", group.rule->title);
  return fmt::format("{}: {}\n", line, group.rule->title);
}

std::string rule_text(const RuleFindings& group, const Format& format) {
  std::string text = rule_heading(group, format);
  const std::size_t shown = std::min(group.findings.size(), bounds_of(format).findings);
  for (std::size_t i = 0; i < shown; ++i) text += finding_text(*group.findings[i], format);
  if (const std::string more = more_line(group.findings.size(), shown); !more.empty()) text += wrapped(format, 4, "", more);
  if (group.rule == nullptr || !group.findings.front()->accepted.empty()) return text;
  return text + wrapped(format, 12, "  why:", group.rule->why) + wrapped(format, 12, "  instead:", group.rule->instead);
}

std::string findings_text(const SmokeReport& report, const Format& format) {
  std::string text;
  for (const RuleFindings& group : group_findings(report, Accepted::left_out)) text += rule_text(group, format);
  if (!format.verbose) return text;
  for (const RuleFindings& group : group_findings(report, Accepted::alone)) text += rule_text(group, format);
  return text;
}

std::string revisions_text(const SmokeReport& report, const Format& format) {
  const Widths widths = widths_of(report, format);
  std::string lines;
  for (const Proof& proof : report.result.proofs)
    if (proof.asked) lines += revision_text(proof, format, widths);
  return lines.empty() ? "No revision is to be proven by itself.\n" : heading(format, widths) + lines;
}

std::string chain_text(const ChainProof& chain, const Format& format) {
  return "\n" + wrapped(format, 16, "the whole way:", chain_line(chain)) + passage_text({"down", &chain.down, nullptr}, format) +
         passage_text({"up again", &chain.again, nullptr}, format);
}

}  // namespace

std::string render_summary(const SmokeReport& report, const Format& format) {
  const bool failed = fails(report.result);
  if (format.quiet && !failed) return "";
  std::string text = revisions_text(report, format);
  text += chain_text(report.result.chain, format);
  text += findings_text(report, format) + "\n";
  text += wrapped(format, 0, "", fmt::format("{}; {}", counts_line(report), setting_line(report)));
  text += wrapped(format, 0, "", lower_bound);
  std::string verdict = wrapped(format, 0, "", gate_line(report));
  verdict.pop_back();   // the colour ends before the line does
  return text + paint(format, failed ? Ink::red : Ink::green, verdict) + "\n";
}

}  // namespace cairn
