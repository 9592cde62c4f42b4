#include "commands/smoke_findings.hpp"

#include "authoring/slug.hpp"
#include "lint/hazards.hpp"
#include "lint/levels.hpp"
#include "lint/policies.hpp"
#include "smoke/judgement.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

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

bool accepts(const Revision& revision, std::string_view rule) {
  return std::any_of(revision.accepts.begin(), revision.accepts.end(), [&](const Acceptance& one) { return one.rule == rule; });
}

/// What a revision may leave behind is no fault of the whole way either, on which nobody can accept anything.
ChainProof without_accepted(ChainProof chain, const std::vector<Proof>& proofs) {
  std::set<std::pair<std::string, std::string>> accepted;
  for (const Proof& proof : proofs)
    if (accepts(*proof.revision, "downgrade-leaves-traces"))
      for (const Difference& one : proof.down.differences) accepted.emplace(one.kind, one.identity);
  const auto is_accepted = [&](const Difference& one) { return accepted.contains({one.kind, one.identity}); };
  std::erase_if(chain.down.differences, is_accepted);
  std::erase_if(chain.again.differences, is_accepted);
  return chain;
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
  append(all, find_faults(without_accepted(result.chain, result.proofs)));
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
