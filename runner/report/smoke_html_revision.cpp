#include "report/smoke_html.hpp"

#include "base/text.hpp"
#include "report/smoke_effects.hpp"
#include "report/smoke_escape.hpp"
#include "report/smoke_words.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

constexpr std::size_t longest_field = 1000;

std::string field(std::string_view name, std::string_view text) {
  if (text.empty()) return "";
  return fmt::format("<dt>{}</dt><dd><bdi>{}</bdi></dd>", name, escape_markup(cut_text(clean_text(text), longest_field)));
}

std::string traits_of(const Revision& revision) {
  std::vector<std::string> traits{revision.kind == RevisionKind::sql ? "SQL" : "C++"};
  if (revision.seed) traits.emplace_back("seed");
  if (!revision.transactional) traits.emplace_back("outside a transaction");
  if (!revision.reversible) traits.emplace_back("irreversible");
  return join(traits, ", ");
}

std::string facts_markup(const SmokeReport& report, const Revision& revision) {
  const auto source = report.sources.find(revision.id);
  const std::string estimate = revision.estimated_ms == 0 ? "" : short_time(std::chrono::milliseconds(revision.estimated_ms));
  return "<dl class=\"facts\">" + field("Purpose", revision.purpose) + field("Author", revision.author) + field("Date", revision.date) +
         field("Rests on", join(revision.down_revisions, ", ")) + field("Depends on", join(revision.depends_on, ", ")) +
         field("Kind", traits_of(revision)) + field("Phase", revision.phase) + field("Release", revision.release) + field("Estimated", estimate) +
         (source == report.sources.end() ? "" : field("Files", join(source->second.files, "\n"))) + "</dl>\n";
}

std::string made_markup(const Proof& proof) {
  const std::vector<std::string> lines = describe_made(proof.made);
  if (lines.empty()) return "";
  constexpr std::size_t most = 20;
  const std::size_t shown = std::min(lines.size(), most);
  std::string text = "<h3>What the upgrade makes</h3><ul class=\"differences\">";
  for (std::size_t i = 0; i < shown; ++i) text += fmt::format("<li>{}</li>", escape_markup(cut_text(clean_line(lines[i]), longest_field)));
  return text + "</ul>" + more_markup(lines.size(), shown);
}

std::string findings_line(const SmokeReport& report, const Proof& proof) {
  std::string text;
  for (const Finding& finding : report.result.findings) {
    if (finding.revision != proof.revision->id) continue;
    text += fmt::format("<li class=\"{}\"><span class=\"level\">{}</span> {} <code>{}</code></li>", name_of(finding.level),
                        finding.accepted.empty() ? name_of(finding.level) : "accepted",
                        escape_markup(cut_text(clean_line(finding.what), longest_field)), name_markup(finding.rule));
  }
  return text.empty() ? "" : "<h3>Findings</h3><ul class=\"short\">" + text + "</ul>\n";
}

std::string passage_markup(const ShownPassage& passage, const PageBounds& bounds) {
  const std::string step = passage.effects == nullptr ? "" : step_markup(*passage.effects, bounds);
  const std::string trouble = trial_markup(*passage.trial, bounds);
  if (step.empty() && trouble.empty()) return "";
  return fmt::format("<h3>{}</h3>{}{}\n", mark_markup(passage.name, *passage.trial), trouble, step);
}

std::string marks_markup(const Proof& proof) {
  if (!proof.asked) return "<span class=\"mark left-out\">applied only</span>";
  std::string text;
  for (const ShownPassage& passage : passages(proof)) text += mark_markup(passage.name, *passage.trial);
  return text;
}

}  // namespace

std::string revision_markup(const SmokeReport& report, std::size_t row, const PageBounds& bounds) {
  const Proof& proof = report.result.proofs[row];
  const bool bad = troubled(report, proof);
  std::string text = fmt::format("<details class=\"revision{0}\" id=\"r{1}\"{2}><summary><code>{3}</code> <span class=\"message\">{4}</span> "
                                 "<span class=\"marks\">{5}</span></summary><div class=\"body\">\n",
                                 bad ? " failing" : "", row, bad ? " open" : "", name_markup(proof.revision->id),
                                 name_markup(proof.revision->message), marks_markup(proof));
  text += facts_markup(report, *proof.revision) + findings_line(report, proof) + made_markup(proof);
  for (const ShownPassage& passage : passages(proof)) text += passage_markup(passage, bounds);
  return text + "</div></details>\n";
}

}  // namespace cairn
