#include "report/smoke_html.hpp"

#include "report/smoke_escape.hpp"
#include "report/smoke_words.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t most_findings = 50;
constexpr std::size_t longest_statement = 600;

/// Rules put code between backquotes.
std::string advice_markup(std::string_view text) {
  std::string markup;
  bool code = false;
  for (std::size_t at = 0; at <= text.size(); code = !code) {
    const std::size_t end = std::min(text.find('`', at), text.size());
    const std::string part = escape_markup(text.substr(at, end - at));
    markup += code ? "<code>" + part + "</code>" : part;
    at = end + 1;
  }
  return markup;
}

std::string place_text(const Finding& finding) {
  std::string text = finding.direction ? (*finding.direction == Direction::up ? "up" : "down") : "";
  if (const std::string place = describe(finding.place); !place.empty()) text += (text.empty() ? "" : ", ") + place;
  return text.empty() ? "" : " <span class=\"place\">" + name_markup(text) + "</span>";
}

std::string finding_markup(const SmokeReport& report, const Finding& finding) {
  std::string text = fmt::format("<li{}>{}{}<p>{}{}</p>", fails(report.result, finding) ? " class=\"fails\"" : "",
                                 link_markup(report, finding.revision), place_text(finding),
                                 fails(report.result, finding) ? "<b class=\"gate\">fails the build</b> " : "",
                                 escape_markup(cut_text(clean_text(finding.what), longest_statement)));
  if (!finding.accepted.empty()) text += fmt::format("<p>Accepted: {}</p>", escape_markup(cut_text(finding.accepted, longest_statement)));
  if (!finding.statement.empty())
    text += fmt::format("<pre>{}</pre>", escape_markup(cut_text(clean_text(finding.statement), longest_statement)));
  return text + "</li>\n";
}

std::string group_markup(const SmokeReport& report, const RuleFindings& group) {
  std::string text = fmt::format("<article class=\"rule {}\"><h3><span class=\"level\">{}</span> {} <code>{}</code></h3>\n", name_of(group.level),
                                 name_of(group.level), group.rule == nullptr ? "" : escape_markup(group.rule->title), name_markup(group.id));
  if (group.rule != nullptr)
    text += fmt::format("<dl class=\"advice\"><dt>Why</dt><dd>{}</dd><dt>Instead</dt><dd>{}</dd></dl>\n", advice_markup(group.rule->why),
                        advice_markup(group.rule->instead));
  const std::size_t shown = std::min(group.findings.size(), most_findings);
  text += "<ul>\n";
  for (std::size_t i = 0; i < shown; ++i) text += finding_markup(report, *group.findings[i]);
  return text + "</ul>" + more_markup(group.findings.size(), shown) + "</article>\n";
}

std::string accepted_markup(const SmokeReport& report) {
  std::string text;
  for (const RuleFindings& group : group_findings(report, Accepted::alone)) text += group_markup(report, group);
  return text.empty() ? "" : "<details class=\"accepted\"><summary>Accepted findings</summary>\n" + text + "</details>\n";
}

}  // namespace

std::string findings_markup(const SmokeReport& report) {
  std::string text = "<section id=\"findings\"><h2>Findings</h2>\n";
  const std::vector<RuleFindings> groups = group_findings(report, Accepted::left_out);
  if (groups.empty()) text += "<p>There are none.</p>\n";
  for (const RuleFindings& group : groups) text += group_markup(report, group);
  return text + accepted_markup(report) + "</section>\n";
}

std::string chain_markup(const SmokeReport& report, const PageBounds& bounds) {
  const ChainProof& chain = report.result.chain;
  return fmt::format("<section id=\"chain\"><h2>The whole way</h2>\n<p>From the head down to the base, and up again: {}.</p>"
                     "<p class=\"marks\">{}{}</p>{}{}</section>\n",
                     escape_markup(cut_text(clean_line(chain_line(chain)), 600)), mark_markup("down", chain.down),
                     mark_markup("up again", chain.again), trial_markup(chain.down, bounds),
                     chain.again.error || !chain.again.differences.empty() ? trial_markup(chain.again, bounds) : "");
}

}  // namespace cairn
