#pragma once

#include "graph/revision_graph.hpp"
#include "smoke/ladder.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cairn::test {

/// A revision as a row of a test; it rests on the one before it unless it names parents.
struct TestRevision {
  std::string id;
  std::string up;
  std::optional<std::string> down = "";
  std::optional<std::vector<std::string>> parents = {};
  bool seed = false;
  bool transactional = true;
};

/// Climbs the ladder of some revisions on the test program's server.
class LadderRun {
 public:
  explicit LadderRun(const std::vector<TestRevision>& revisions, const std::string& ground = "");

  LadderRun& deadline(std::chrono::seconds time);
  LadderRun& on_own_server();
  LadderRun& climb();
  LadderRun& climb(const std::set<std::string, std::less<>>& asked);

  const Proof& proof(const std::string& id) const;
  const ChainProof& chain() const { return chain_; }
  /// "a: passed passed passed", a line for each revision, and "chain: passed passed".
  std::string verdicts() const;
  /// "downgrade-leaves-traces: left over: type public.mood", a line for each fault of a revision, or of the chain.
  std::string faults(const std::string& id) const;
  std::string faults_of_chain() const;

 private:
  std::unique_ptr<RevisionGraph> graph_;
  std::vector<Rung> rungs_;
  StageWorld world_;
  std::string ground_;
  ServerUse use_ = ServerUse::shared;
  std::vector<Proof> proofs_;
  ChainProof chain_;
};

}  // namespace cairn::test
