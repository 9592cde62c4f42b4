#include "report/smoke_html.hpp"

#include "base/digest.hpp"
#include "report/smoke_escape.hpp"
#include "report/smoke_page.hpp"
#include "report/smoke_words.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::string base64(const Sha256& digest) {
  constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    unsigned bits = 0;
    for (std::size_t j = i; j < i + 3; ++j) bits = bits << 8U | (j < digest.size() ? digest[j] : 0U);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) text += signs[bits >> shift & 63U];
  }
  return text.replace(text.size() - 1, 1, "=");   // 32 bytes leave one sign to fill up
}

/// Nothing is loaded, and no style or script counts but the two that are written here: if markup ever got into the page
/// through a name, it could neither run nor call home.
std::string policy() {
  return fmt::format("default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
                     base64(sha256(page_style())), base64(sha256(page_script())));
}

std::string head_markup(const SmokeReport& report) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>Smoke run: {}</title>\n<style>{}</style>\n</head>\n",
      policy(), fails(report.result) ? "the build fails" : "the build passes", page_style());
}

std::string count_markup(const SmokeReport& report, std::string_view kind, std::string_view label, bool (*counts)(const Finding&)) {
  const auto count = std::count_if(report.result.findings.begin(), report.result.findings.end(), counts);
  return fmt::format("<li class=\"{}{}\"><b>{}</b> {}{}</li>", kind, count == 0 ? " none" : "", count, label, count == 1 ? "" : "s");
}

std::string counts_markup(const SmokeReport& report) {
  const auto& proofs = report.result.proofs;
  const auto asked = std::count_if(proofs.begin(), proofs.end(), [](const Proof& proof) { return proof.asked; });
  const auto accepted = std::count_if(report.result.findings.begin(), report.result.findings.end(),
                                      [](const Finding& finding) { return !finding.accepted.empty(); });
  return fmt::format("<ul class=\"counts\"><li><b>{}</b> revision{}</li>", asked, asked == 1 ? "" : "s") +
         count_markup(report, "error", "error", [](const Finding& one) { return one.level == Level::error && one.accepted.empty(); }) +
         count_markup(report, "warning", "warning", [](const Finding& one) { return one.level == Level::warning && one.accepted.empty(); }) +
         count_markup(report, "note", "note", [](const Finding& one) { return one.level == Level::note && one.accepted.empty(); }) +
         (accepted == 0 ? "" : fmt::format("<li><b>{}</b> accepted</li>", accepted)) + "</ul>\n";
}

std::string top_markup(const SmokeReport& report) {
  const bool failed = fails(report.result);
  std::string line = gate_line(report);
  if (const std::size_t colon = line.find(": "); colon != line.npos) line.erase(0, colon + 2);
  return fmt::format(
      "<header class=\"top {}\">\n<p class=\"kind\">Smoke run</p>\n<h1><span class=\"sign\" aria-hidden=\"true\">{}</span> {}</h1>\n"
      "<p class=\"lead\">{}</p>\n{}<p class=\"setting\">{}</p>\n{}"
      "<nav><a href=\"#overview\">Overview</a> <a href=\"#findings\">Findings</a> <a href=\"#chain\">The whole way</a> "
      "<a href=\"#revisions\">Revisions</a></nav>\n"
      "<p class=\"tools\"><button type=\"button\" id=\"theme\">Light or dark</button> "
      "<button type=\"button\" id=\"keys-button\">Keys <kbd>?</kbd></button></p>\n</header>\n",
      failed ? "bad" : "good", failed ? "✗" : "✓", failed ? "The build fails" : "The build passes", escape_markup(cut_text(line, 600)),
      counts_markup(report), escape_markup(setting_line(report)),
      report.line.empty() ? "" : fmt::format("<p class=\"setting\"><code>{}</code></p>\n", name_markup(report.line)));
}

std::string keys_markup() {
  return "<dialog id=\"keys\" aria-label=\"Keys\"><h2>Keys</h2><dl>"
         "<dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous revision; in the overview also <kbd>↓</kbd> <kbd>↑</kbd></dd>"
         "<dt><kbd>Enter</kbd></dt><dd>open or close the revision</dd><dt><kbd>/</kbd></dt><dd>search in the overview</dd>"
         "<dt><kbd>a</kbd> <kbd>x</kbd> <kbd>w</kbd></dt><dd>all, failing, with findings</dd>"
         "<dt><kbd>e</kbd></dt><dd>open or close all</dd><dt><kbd>t</kbd></dt><dd>light or dark</dd>"
         "<dt><kbd>?</kbd></dt><dd>this list</dd></dl><p><button type=\"button\" id=\"keys-close\">Close</button></p></dialog>\n";
}

std::string foot_markup(const SmokeReport& report) {
  return fmt::format("<footer><p>{}</p><p>Made by cairn {}. The page needs no network.</p></footer>\n{}<script>{}</script>\n</body>\n</html>\n",
                     lower_bound, escape_markup(report.runner), keys_markup(), page_script());
}

}  // namespace

PageBounds make_bounds(const SmokeReport& report) {
  const std::size_t steps = std::max<std::size_t>(1, report.result.proofs.size() * 2);
  PageBounds bounds;
  bounds.statements = std::clamp<std::size_t>(1800 / steps, 6, 60);
  bounds.characters = std::clamp<std::size_t>(500'000 / (steps * bounds.statements), 160, 4000);
  bounds.locks = report.result.proofs.size() > 60 ? 4 : 12;
  bounds.differences = report.result.proofs.size() > 60 ? 10 : 40;
  return bounds;
}

std::string render_html(const SmokeReport& report) {
  const PageBounds bounds = make_bounds(report);
  std::string page = head_markup(report) + "<body>\n<a class=\"skip\" href=\"#revisions\">To the revisions</a>\n" + top_markup(report);
  page += "<main>\n" + overview_markup(report) + findings_markup(report) + chain_markup(report, bounds);
  page += "<section id=\"revisions\"><h2>Revisions</h2>\n";
  for (std::size_t row = 0; row < report.result.proofs.size(); ++row) page += revision_markup(report, row, bounds);
  return page + "</section>\n</main>\n" + foot_markup(report);
}

}  // namespace cairn
