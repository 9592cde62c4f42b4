#include "commands/smoke_findings.hpp"

#include "authoring/slug.hpp"
#include "lint/hazards.hpp"
#include "lint/levels.hpp"
#include "lint/policies.hpp"
#include "smoke/judgement.hpp"

#include <iterator>

namespace cairn {

namespace {

void append(std::vector<Finding>& all, std::vector<Finding> some) {
  all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
}

std::vector<Finding> findings_of(const Proof& proof, const PolicySettings& policies) {
  const Revision& revision = *proof.revision;
  std::vector<Finding> found = find_faults(proof);
  append(found, find_metadata_breaches(revision, make_slug(revision.message), policies));
  append(found, find_change_breaches(revision, proof.made, proof.up_effects, policies));
  append(found, find_hazards(revision, Direction::up, proof.up_effects));
  append(found, find_hazards(revision, Direction::down, proof.down_effects));
  return found;
}

/// In the order of the revisions; of each, what is about the revision before what was known without running it.
std::vector<Finding> all_findings(const SmokeResult& result, const PolicySettings& policies, std::vector<Finding> further) {
  std::vector<Finding> all;
  for (const Proof& proof : result.proofs) {
    if (!proof.asked) continue;
    std::vector<Finding> found = findings_of(proof, policies);
    for (const Finding& one : further)
      if (one.revision == proof.revision->id) found.push_back(one);
    append(found, find_idle_acceptances(*proof.revision, found));
    append(all, std::move(found));
  }
  append(all, find_faults(result.chain));
  for (Finding& one : further)
    if (one.revision.empty()) all.push_back(std::move(one));
  return all;
}

}  // namespace

std::vector<Finding> gather_findings(const SmokeResult& result, const Collected& found, const SmokeSettings& settings,
                                     std::vector<Finding> further) {
  const PolicySettings policies{.schemas = settings.schemas, .baseline = settings.baseline, .release = settings.release};
  append(further, find_history_breaches(found.graph, policies));
  std::vector<Finding> all = all_findings(result, policies, std::move(further));
  accept(all, found.graph.revisions());
  return Levels(settings.rules).apply(std::move(all));
}

void require_rules(const SmokeSettings& settings) { Levels{settings.rules}; }

}  // namespace cairn
