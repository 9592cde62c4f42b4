#include "report/smoke_html.hpp"

#include "base/text.hpp"
#include "report/smoke_escape.hpp"
#include "report/smoke_graph.hpp"
#include "report/smoke_words.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t row_height = 44;   // as in page.css
constexpr std::size_t most_at_once = 25; // longer lists scroll, so that the findings below them are found

/// Lanes are narrower the more there are.
struct Scale {
  std::size_t lane = 18;

  std::size_t x(std::size_t lane_number) const { return 12 + lane_number * lane; }
  static std::size_t y(std::size_t row) { return row * row_height + row_height / 2; }
};

Scale make_scale(std::size_t lanes) { return {lanes > 8 ? std::max<std::size_t>(4, 144 / lanes) : 18}; }

/// Out of the revision into the lane, down the lane, and into the next revision.
std::string path_of(const GraphEdge& edge, const RevisionLanes& lanes, const Scale& scale) {
  const auto bend = [&](std::size_t x1, std::size_t y1, std::size_t x2, std::size_t y2) {
    return fmt::format("C{} {} {} {} {} {}", x1, (y1 + y2) / 2, x2, (y1 + y2) / 2, x2, y2);
  };
  const std::size_t from = scale.x(lanes.lane_of[edge.from]);
  const std::size_t to = scale.x(lanes.lane_of[edge.to]);
  const std::size_t down = scale.x(edge.lane);
  const std::size_t top = Scale::y(edge.from);
  const std::size_t end = Scale::y(edge.to);
  std::string path = fmt::format("M{} {}", from, top);
  if (edge.to == edge.from + 1) return path + (from == to ? fmt::format("V{}", end) : bend(from, top, to, end));
  const std::size_t below = from == down ? top : top + row_height;
  const std::size_t above = to == down ? end : end - row_height;
  if (below != top) path += bend(from, top, down, below);
  path += fmt::format("V{}", above);
  return above == end ? path : path + bend(down, above, to, end);
}

/// Its shape tells as much as its colour: a disc is well, a cross fails, a ring was only applied.
std::string node_markup(const SmokeReport& report, std::size_t row, std::size_t x) {
  const Proof& proof = report.result.proofs[row];
  const std::size_t y = Scale::y(row);
  if (troubled(report, proof)) return fmt::format("<path class=\"bad\" d=\"M{} {}l10 10m0 -10l-10 10\"/>", x - 5, y - 5);
  return fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", proof.asked ? "good" : "other", x, y, proof.revision->seed ? 4 : 6);
}

std::string graph_markup(const SmokeReport& report, const RevisionLanes& lanes) {
  const Scale scale = make_scale(lanes.lanes);
  const std::size_t width = scale.x(lanes.lanes) - scale.lane + 12;
  const std::size_t height = row_height * report.result.proofs.size();
  std::string text = fmt::format("<svg class=\"graph\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" "
                                 "aria-label=\"How the revisions rest on each other\">", width, height);
  for (const GraphEdge& edge : lanes.edges)
    text += fmt::format("<path{} d=\"{}\"/>", edge.kind == LinkKind::dependency ? " class=\"dependency\"" : "", path_of(edge, lanes, scale));
  for (std::size_t row = 0; row < lanes.lane_of.size(); ++row) text += node_markup(report, row, scale.x(lanes.lane_of[row]));
  return text + "</svg>";
}

std::size_t count_findings(const SmokeReport& report, const Proof& proof) {
  const auto& findings = report.result.findings;
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.revision == proof.revision->id && finding.accepted.empty();
  }));
}

std::string row_markup(const SmokeReport& report, std::size_t row) {
  const Proof& proof = report.result.proofs[row];
  const std::size_t findings = count_findings(report, proof);
  std::string marks;
  if (!proof.asked) marks = "<span class=\"mark left-out\">applied only</span>";
  else
    for (const ShownPassage& passage : passages(proof)) marks += mark_markup(passage.name, *passage.trial);
  return fmt::format("<li data-row=\"{}\"{}{}><a href=\"#r{}\"><code>{}</code><span class=\"message\">{}{}</span><span class=\"marks\">{}</span>"
                     "<span class=\"found\">{}</span></a></li>\n",
                     row, troubled(report, proof) ? " data-failing" : "", findings > 0 ? " data-findings" : "", row,
                     name_markup(proof.revision->id), name_markup(proof.revision->message),
                     proof.revision->seed ? " <span class=\"tag\">seed</span>" : "", marks,
                     findings > 0 ? count_of(findings, "finding") : "");
}

}  // namespace

std::string overview_markup(const SmokeReport& report) {
  const RevisionLanes lanes = lay_out(report.result.proofs);
  std::string text =
      "<section id=\"overview\"><h2>Overview</h2>\n<form class=\"filter\" role=\"search\"><fieldset><legend>Show</legend>"
      "<label><input type=\"radio\" name=\"show\" value=\"all\" checked> all</label>"
      "<label><input type=\"radio\" name=\"show\" value=\"failing\"> failing</label>"
      "<label><input type=\"radio\" name=\"show\" value=\"findings\"> with findings</label></fieldset>"
      "<label class=\"search\">Search <input type=\"search\" id=\"search\" autocomplete=\"off\" placeholder=\"id or words, key /\"></label>"
      "<output id=\"shown\"></output></form>\n";
  const bool is_long = report.result.proofs.size() > most_at_once;
  text += fmt::format("<div class=\"ladder{}\"><div class=\"inner\">{}<ol>\n", is_long ? " long" : "", graph_markup(report, lanes));
  for (std::size_t row = 0; row < report.result.proofs.size(); ++row) text += row_markup(report, row);
  return text + "</ol></div></div>\n</section>\n";
}

}  // namespace cairn
