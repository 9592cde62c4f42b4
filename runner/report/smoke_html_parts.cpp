#include "report/smoke_html.hpp"

#include "report/smoke_effects.hpp"
#include "report/smoke_escape.hpp"
#include "report/smoke_words.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t longest_name = 300;

std::string class_of(Verdict verdict) { return verdict == Verdict::left_out ? "left-out" : std::string(word(verdict)); }

bool has_time(Verdict verdict) { return verdict == Verdict::passed || verdict == Verdict::immaterial; }

std::string field(std::string_view name, std::string_view text) {
  return text.empty() ? "" : fmt::format("<dt>{}</dt><dd>{}</dd>", name, escape_markup(cut_text(clean_text(text), 2000)));
}

std::string error_markup(const Error& error) {
  std::string text = fmt::format("<div class=\"problem\"><p><b>{}</b></p><dl>", escape_markup(error.message()));
  text += field("SQLSTATE", error.sqlstate()) + field("Detail", error.detail());
  if (error.place()) text += field("At", describe(*error.place()));
  for (const std::string& line : error.context()) text += field("Context", line);
  text += field("Hint", error.hint()) + "</dl>";
  if (error.place() && !error.place()->excerpt.empty())
    text += fmt::format("<pre>{}</pre>", escape_markup(cut_text(clean_line(error.place()->excerpt), 400)));
  return text + "</div>";
}

}  // namespace

std::string name_markup(std::string_view name) {
  return fmt::format("<bdi>{}</bdi>", escape_markup(cut_text(clean_line(name), longest_name)));
}

std::string mark_markup(std::string_view name, const Trial& trial) {
  const std::string time = has_time(trial.verdict) ? short_time(trial.duration) : "";
  return fmt::format("<span class=\"mark {}\"><span class=\"passage\">{}</span> <span class=\"sign\" aria-hidden=\"true\">{}</span> "
                     "<span class=\"word\">{}</span>{}</span>",
                     class_of(trial.verdict), name, sign(trial.verdict), word(trial.verdict),
                     time.empty() ? "" : fmt::format(" <span class=\"time\">{}</span>", escape_markup(time)));
}

std::string trial_markup(const Trial& trial, const PageBounds& bounds) {
  std::string text = trial.error ? error_markup(*trial.error) : "";
  if (!trial.why.empty()) text += fmt::format("<p>{}</p>", escape_markup(trial.why));
  const std::vector<std::string> lines = describe_differences(trial.differences);
  const std::size_t shown = std::min(lines.size(), bounds.differences);
  if (shown == 0) return text;
  text += "<ul class=\"differences\">";
  for (std::size_t i = 0; i < shown; ++i) text += fmt::format("<li>{}</li>", escape_markup(lines[i]));
  return text + "</ul>" + more_markup(lines.size(), shown);
}

std::string more_markup(std::size_t all, std::size_t shown) {
  const std::string line = more_line(all, shown);
  return line.empty() ? "" : fmt::format("<p class=\"more\">{}</p>", line);
}

std::string link_markup(const SmokeReport& report, std::string_view id) {
  const auto& proofs = report.result.proofs;
  const auto found = std::find_if(proofs.begin(), proofs.end(), [&](const Proof& proof) { return proof.revision->id == id; });
  if (found == proofs.end()) return fmt::format("<code>{}</code>", name_markup(id.empty() ? "the history" : id));
  return fmt::format("<a href=\"#r{}\"><code>{}</code></a>", found - proofs.begin(), name_markup(id));
}

}  // namespace cairn
