#include "report/smoke_words.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::string count_at(const SmokeReport& report, Level level) {
  const auto count = std::count_if(report.result.findings.begin(), report.result.findings.end(),
                                   [&](const Finding& finding) { return finding.level == level && finding.accepted.empty(); });
  return count == 0 ? "" : count_of(static_cast<std::size_t>(count), name_of(level));
}

std::string count_accepted(const SmokeReport& report) {
  const auto count = std::count_if(report.result.findings.begin(), report.result.findings.end(),
                                   [](const Finding& finding) { return !finding.accepted.empty(); });
  return count == 0 ? "" : fmt::format("{} accepted", count);
}

void add(std::vector<RuleFindings>& groups, const SmokeReport& report, const Finding& finding) {
  auto group = std::find_if(groups.begin(), groups.end(), [&](const RuleFindings& one) { return one.id == finding.rule; });
  if (group == groups.end())
    group = groups.insert(groups.end(), {finding.rule, find_rule(report, finding.rule), Level::note, {}});
  group->level = std::max(group->level, finding.level);
  group->findings.push_back(&finding);
}

}  // namespace

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::immaterial: return "alike";
    case Verdict::differs: return "differs";
    case Verdict::failed: return "failed";
    case Verdict::left_out: break;
  }
  return "left out";
}

std::string_view sign(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "✓";
    case Verdict::immaterial: return "≈";
    case Verdict::differs: return "≠";
    case Verdict::failed: return "✗";
    case Verdict::left_out: break;
  }
  return "–";
}

std::string short_time(std::chrono::microseconds time) {
  const long long micro = time.count();
  if (micro < 1000) return "< 1 ms";
  if (micro < 999'500) return fmt::format("{} ms", (micro + 500) / 1000);
  if (micro < 99'950'000) return fmt::format("{:.1f} s", static_cast<double>(micro) / 1e6);
  return fmt::format("{} s", (micro + 500'000) / 1'000'000);
}

std::string version_text(int server_version) {
  return fmt::format("{}.{}", server_version / 10000, server_version % 10000);
}

std::vector<ShownPassage> passages(const Proof& proof) {
  return {{"up", &proof.up, &proof.up_effects}, {"down", &proof.down, &proof.down_effects}, {"up again", &proof.again, nullptr}};
}

bool troubled(const SmokeReport& report, const Proof& proof) {
  bool accepted = false;
  for (const Finding& finding : report.result.findings) {
    if (finding.revision != proof.revision->id) continue;
    if (fails(report.result, finding)) return true;
    accepted = accepted || !finding.accepted.empty();
  }
  const std::vector<ShownPassage> all = passages(proof);
  return !accepted && std::any_of(all.begin(), all.end(), [](const ShownPassage& passage) {
    return passage.trial->verdict == Verdict::failed || passage.trial->verdict == Verdict::differs;
  });
}

std::vector<RuleFindings> group_findings(const SmokeReport& report, Accepted accepted) {
  std::vector<RuleFindings> groups;
  for (const Finding& finding : report.result.findings)
    if (finding.accepted.empty() == (accepted == Accepted::left_out)) add(groups, report, finding);
  std::stable_sort(groups.begin(), groups.end(), [](const RuleFindings& a, const RuleFindings& b) { return a.level > b.level; });
  return groups;
}

const Rule* find_rule(const SmokeReport& report, std::string_view id) {
  const auto found = std::find_if(report.rules.begin(), report.rules.end(), [&](const Rule& rule) { return rule.id == id; });
  return found == report.rules.end() ? nullptr : &*found;
}

std::string where(const Finding& finding) {
  std::vector<std::string> words{finding.revision.empty() ? "the history" : finding.revision};
  if (finding.direction) words.emplace_back(*finding.direction == Direction::up ? "up" : "down");
  if (const std::string place = describe(finding.place); !place.empty()) words.push_back(place);
  return join(words, ", ");
}

std::string counts_line(const SmokeReport& report) {
  std::vector<std::string> counts;
  for (const Level level : {Level::error, Level::warning, Level::note}) counts.push_back(count_at(report, level));
  counts.push_back(count_accepted(report));
  std::erase(counts, "");
  const auto& proofs = report.result.proofs;
  const auto asked = std::count_if(proofs.begin(), proofs.end(), [](const Proof& proof) { return proof.asked; });
  return fmt::format("{}: {}", count_of(static_cast<std::size_t>(asked), "revision"),
                     counts.empty() ? "no findings" : join(counts, ", "));
}

std::string setting_line(const SmokeReport& report) {
  const SmokeResult& result = report.result;
  const std::string origin = result.origin.empty() ? "" : fmt::format(", from {}", result.origin);
  return fmt::format("{}, PostgreSQL {}{}, in {}", result.scratch, version_text(result.server_version), origin,
                     short_time(result.duration));
}

std::string gate_line(const SmokeReport& report) {
  if (!report.result.gate) return "the build passes: no finding is to fail it";
  std::vector<std::string> rules;
  std::size_t count = 0;
  for (const RuleFindings& group : group_findings(report, Accepted::left_out)) {
    const auto failing = std::count_if(group.findings.begin(), group.findings.end(),
                                       [&](const Finding* finding) { return fails(report.result, *finding); });
    if (failing == 0) continue;
    count += static_cast<std::size_t>(failing);
    rules.push_back(failing == 1 ? std::string(group.id) : fmt::format("{} ({})", group.id, failing));
  }
  const std::string level = fmt::format("of level {}{}", name_of(*report.result.gate), *report.result.gate == Level::error ? "" : " or above");
  if (count == 0) return fmt::format("the build passes: there is no finding {}", level);
  return fmt::format("the build fails: {} {}: {}", count_of(count, "finding"), level, join(rules, ", "));
}

std::string chain_line(const ChainProof& chain) {
  if (chain.steps == 0 && chain.down.verdict == Verdict::left_out)
    return chain.down.why.empty() ? "left out" : "left out: " + chain.down.why;
  std::string line = fmt::format("{} of {} down", chain.taken, count_of(chain.steps, "step"));
  if (!chain.stopped_at.empty()) line += ", stopped at " + chain.stopped_at;
  else if (chain.down.verdict != Verdict::passed) line += fmt::format(" {}", word(chain.down.verdict));
  if (!chain.down.why.empty()) line += ": " + chain.down.why;
  return line + fmt::format("; up again {}", word(chain.again.verdict)) + (chain.again.why.empty() ? "" : ": " + chain.again.why);
}

std::string more_line(std::size_t all, std::size_t shown) {
  return shown >= all ? "" : fmt::format("and {} more; --json shows all", all - shown);
}

}  // namespace cairn
