#include "report/smoke_markdown.hpp"

#include "base/text.hpp"
#include "report/smoke_effects.hpp"
#include "report/smoke_escape.hpp"
#include "report/smoke_locks.hpp"
#include "report/smoke_words.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace cairn {

namespace {

constexpr std::size_t most_items = 15;
constexpr std::size_t longest_item = 300;

constexpr std::size_t room_for_part = 4'000;
constexpr std::size_t room_for_queries = 10'000;

using Proofs = std::vector<const Proof*>;
using Blocks = std::vector<std::string>;

std::string title(const Proofs& proofs) {
  if (proofs.empty()) return blank("what the change is called");
  const std::string first = prose(proofs.front()->revision->message);
  return proofs.size() == 1 ? first + "\n" : fmt::format("{} and {} more\n", first, count_of(proofs.size() - 1, "revision"));
}

std::string summary(const Proofs& proofs) {
  Blocks blocks;
  for (const Proof* proof : proofs) {
    const Revision& revision = *proof->revision;
    const std::string purpose = revision.purpose.empty() ? blank("why") : prose(revision.purpose);
    blocks.push_back(item(fmt::format("{} {}: {}", code(revision.id), prose(revision.message), purpose)));
  }
  return within(room_for_part, blocks);
}

std::string files(const SmokeReport& report, const Proofs& proofs) {
  Blocks blocks;
  for (const Proof* proof : proofs)
    if (const auto source = report.sources.find(proof->revision->id); source != report.sources.end())
      for (const std::string& file : source->second.files) blocks.push_back("  " + item(code(file)));
  return item("Revision files:") + within(room_for_part, blocks) + item("Models: " + blank("files, or none")) +
         item("Services and repositories: " + blank("files, or none"));
}

/// Where it was tried, in words that claim no more than was done.
std::string prechecks(const SmokeReport& report) {
  const SmokeResult& result = report.result;
  const std::string from = result.origin.empty() ? "an empty database" : prose("the dump " + result.origin);
  std::string text = item("Backup or snapshot: " + blank("plan, link or \"none\""));
  text += item(fmt::format("Tried on: {}, beginning with {}", prose(setting_line(report)), from));
  if (!report.line.empty()) text += item("Command: " + code(report.line));
  text += item("Result: " + prose(gate_line(report)));
  text += item("The whole way: " + prose(chain_line(result.chain)));
  return text + item("Tried in staging: " + blank("link or log"));
}

struct Phase {
  std::string_view name;   ///< as revisions have it
  std::string_view words;
};

constexpr std::array<Phase, 3> phases{{{"expand", "Phase 1, database changes"},
                                       {"switch", "Phase 2, reads switch to the new field"},
                                       {"contract", "Phase 3, the old field is removed"}}};

std::string phase_line(const Phase& phase, const Proofs& proofs) {
  std::vector<std::string> parts;
  for (const Proof* proof : proofs) {
    const Revision& revision = *proof->revision;
    if (revision.phase != phase.name) continue;
    parts.push_back(fmt::format("{} in release {}", code(revision.id),
                                revision.release.empty() ? blank("target release") : escape_markdown(revision.release)));
  }
  return item(fmt::format("{}: {}", phase.words, parts.empty() ? blank("target release, or \"does not apply\"") : join(parts, ", ")));
}

std::string rollout(const Proofs& proofs) {
  std::string text;
  for (const Phase& phase : phases) text += phase_line(phase, proofs);
  std::vector<std::string> without;
  for (const Proof* proof : proofs)
    if (proof->revision->phase.empty()) without.push_back(code(proof->revision->id));
  if (without.empty()) return text;
  const std::size_t shown = std::min(without.size(), most_items);
  return text + item(fmt::format("No phase is stated by {}{}", join(std::span(without).first(shown), ", "),
                                 shown < without.size() ? fmt::format(" and {} more", without.size() - shown) : ""));
}

std::string validation(const SmokeReport& report, const Proofs& proofs) {
  Blocks blocks;
  for (const Proof* proof : proofs) {
    const auto source = report.sources.find(proof->revision->id);
    if (source == report.sources.end() || source->second.verify.empty()) continue;
    const std::string sql = cut_text(clean_text(source->second.verify), 4000);
    blocks.push_back(fmt::format("{}\n\n{}\n", code(proof->revision->id), markdown_block("sql", sql)));
  }
  const std::string text = blocks.empty() ? item("SQL to run afterwards: " + blank("no revision has a verify step"))
                                          : "Each of these gives no row when all is well:\n\n" + within(room_for_queries, blocks);
  return text + item("Dashboards and alerts to watch: " + blank("links"));
}

std::string indexes(const Proofs& proofs) {
  Blocks blocks;
  for (const Proof* proof : proofs)
    for (const std::string& line : describe_indexes(proof->up_effects))
      blocks.push_back(item(fmt::format("{} {}. Why: {}", code(proof->revision->id), code(line),
                                        blank("the query that needs it"))));
  return blocks.empty() ? item("Indexes added or changed: none by these statements") : within(room_for_part, blocks);
}

std::string waits(const Proofs& proofs) {
  Blocks blocks;
  for (const Proof* proof : proofs)
    for (const LockSpan& span : find_lock_spans(proof->up_effects))
      if (!what_waits(span.mode).empty())
        blocks.push_back(item(fmt::format("{} {}: {} for {} ({})", code(proof->revision->id), code(span.relation),
                                          what_waits(span.mode), short_time(span.duration), span.mode)));
  const std::string text = blocks.empty() ? item("Locks that keep others waiting: none on what was there before") : within(room_for_part, blocks);
  return text + item(lower_bound);
}

std::string findings(const SmokeReport& report) {
  const auto line = [](std::string_view head, const RuleFindings& group, const std::string& text) {
    return "  " + item(fmt::format("{} {} ({}): {}", head, code(group.id), group.findings.size(),
                                   prose(text)));
  };
  Blocks blocks;
  for (const RuleFindings& group : group_findings(report, Accepted::left_out))
    blocks.push_back(line(name_of(group.level), group, group.findings.front()->what));
  for (const RuleFindings& group : group_findings(report, Accepted::alone))
    blocks.push_back(line("accepted", group, group.findings.front()->accepted));
  return blocks.empty() ? item("Findings of the smoke run: none") : item("Findings of the smoke run:") + within(room_for_part, blocks);
}

std::string part(std::string_view heading, const std::string& text) { return fmt::format("## {}\n\n{}\n", heading, text); }

}  // namespace

std::vector<const Proof*> asked_proofs(const SmokeReport& report) {
  std::vector<const Proof*> asked;
  for (const Proof& proof : report.result.proofs)
    if (proof.asked) asked.push_back(&proof);
  return asked;
}

std::string blank(std::string_view what) { return fmt::format("_to be filled in: {}_", what); }

std::string item(std::string_view text) { return fmt::format("- {}\n", text); }

std::string prose(std::string_view text) { return escape_markdown(cut_text(clean_line(text), longest_item)); }

std::string code(std::string_view text) { return markdown_code(cut_text(clean_line(text), longest_item)); }

std::string items(std::span<const std::string> lines) {
  const std::size_t shown = std::min(lines.size(), most_items);
  std::string text;
  for (const std::string& line : lines.first(shown)) text += "  " + item(prose(line));
  const std::string more = more_line(lines.size(), shown);
  return more.empty() ? text : text + "  " + item(more);
}

std::string within(std::size_t room, std::span<const std::string> blocks) {
  std::string text;
  std::size_t shown = 0;
  while (shown < blocks.size() && (shown == 0 || text.size() + blocks[shown].size() <= room)) text += blocks[shown++];
  const std::string more = more_line(blocks.size(), shown);
  return more.empty() ? text : text + item(more);
}

std::string render_markdown(const SmokeReport& report) {
  const Proofs proofs = asked_proofs(report);
  std::string text = part("Title", title(proofs)) + part("Summary", summary(proofs)) + part("Files changed", files(report, proofs));
  text += part("Migration details", markdown_details(report)) + part("Backups and pre-checks", prechecks(report));
  text += part("Rollout plan", rollout(proofs)) + part("Feature flags", item(blank("flag name and behavior, or \"none\"")));
  text += part("Validation and monitoring", validation(report, proofs));
  text += part("Performance considerations", indexes(proofs) + waits(proofs) + item("Impact on common queries: " + blank("measured how")));
  text += part("Rollback plan", markdown_rollback(report));
  text += part("Tests", item("Unit and integration tests added: " + blank("links")) + findings(report) +
                            item("Manual validation: " + blank("links or logs")));
  return text + part("Approval", item("Database reviewer: " + blank("name")) + item("Service reviewer: " + blank("name")) +
                                     item("Release manager: " + blank("name")));
}

}  // namespace cairn
