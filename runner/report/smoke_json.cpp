#include "report/smoke_summary.hpp"

#include "report/json_document.hpp"
#include "report/smoke_effects_json.hpp"
#include "report/smoke_words.hpp"

#include <algorithm>

namespace cairn {

namespace {

long long ms(std::chrono::microseconds time) { return std::chrono::round<std::chrono::milliseconds>(time).count(); }

Json to_json(const Trial& trial) {
  Json json = {{"verdict", word(trial.verdict)}, {"ms", ms(trial.duration)}};
  if (!trial.why.empty()) json["why"] = trial.why;
  if (trial.error) json["error"] = to_json(*trial.error);
  if (!trial.differences.empty()) json["differences"] = to_json(trial.differences);
  return json;
}

Json to_json(const ChainProof& chain) {
  Json json = {{"steps_down", chain.steps}, {"taken", chain.taken}, {"down", to_json(chain.down)}, {"up_again", to_json(chain.again)}};
  if (!chain.stopped_at.empty()) json["stopped_at"] = chain.stopped_at;
  return json;
}

Json to_json(const SmokeReport& report, const Proof& proof) {
  const Revision& revision = *proof.revision;
  Json json = {{"id", revision.id}, {"message", revision.message}, {"seed", revision.seed}, {"reversible", revision.reversible},
               {"transactional", revision.transactional}, {"asked", proof.asked}};
  const auto source = report.sources.find(revision.id);
  json["files"] = source == report.sources.end() ? std::vector<std::string>{} : source->second.files;
  json["up"] = to_json(proof.up);
  json["down"] = to_json(proof.down);
  json["up_again"] = to_json(proof.again);
  json["made"] = to_json(proof.made);
  json["up_effects"] = to_json(proof.up_effects);
  json["down_effects"] = to_json(proof.down_effects);
  return json;
}

Json to_json(const SmokeReport& report, const Finding& finding) {
  Json json = {{"rule", finding.rule}, {"level", name_of(finding.level)}, {"fails", fails(report.result, finding)}};
  if (!finding.revision.empty()) json["id"] = finding.revision;
  if (finding.direction) json["direction"] = *finding.direction == Direction::up ? "up" : "down";
  json["what"] = finding.what;
  if (!describe(finding.place).empty()) json["at"] = to_json(finding.place);
  if (!finding.statement.empty()) json["statement"] = finding.statement;
  if (!finding.accepted.empty()) json["accepted_because"] = finding.accepted;
  return json;
}

/// Each rule once that a finding names.
Json rules_json(const SmokeReport& report) {
  Json rules = Json::array();
  for (const Rule& rule : report.rules) {
    const auto& findings = report.result.findings;
    if (std::none_of(findings.begin(), findings.end(), [&](const Finding& finding) { return finding.rule == rule.id; })) continue;
    rules.push_back({{"rule", rule.id}, {"level", name_of(rule.level)}, {"title", rule.title}, {"why", rule.why}, {"instead", rule.instead}});
  }
  return rules;
}

}  // namespace

std::string render_smoke_document(const SmokeReport& report) {
  const SmokeResult& result = report.result;
  Json document = make_document(report.command, report.error ? report.error->category() : Category::none);
  document["scratch"] = result.scratch;
  document["server_version"] = result.server_version;
  if (!result.origin.empty()) document["origin"] = result.origin;
  document["gate"] = result.gate ? name_of(*result.gate) : "never";
  document["passed"] = !fails(result);
  document["ms"] = result.duration.count();
  document["proofs"] = Json::array();
  for (const Proof& proof : result.proofs) document["proofs"].push_back(to_json(report, proof));
  document["chain"] = to_json(result.chain);
  document["findings"] = Json::array();
  for (const Finding& finding : result.findings) document["findings"].push_back(to_json(report, finding));
  document["rules"] = rules_json(report);
  if (report.error) document["error"] = to_json(*report.error);
  return print(document);
}

}  // namespace cairn
