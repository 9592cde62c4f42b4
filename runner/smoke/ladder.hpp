#pragma once

#include "graph/revision_graph.hpp"
#include "smoke/proof.hpp"
#include "smoke/scratch.hpp"
#include "smoke/stage.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cairn {

/// A revision with what its two directions run; without a way down it is irreversible.
struct Rung {
  Work up;
  std::optional<Work> down;
};

/// Where a ladder begins.
struct Ground {
  std::string database;              ///< a scratch database that nobody is connected to; all that the ladder uses are copies
  std::vector<std::string> rows;     ///< its version rows
};

/// Proves revisions one by one: each goes up, down and up again, and the schema is compared each time. What does not come
/// back as it was is not built upon: then the ladder goes on in a new database that has only ever gone up.
class Ladder {
 public:
  Ladder(const StageWorld& world, Scratch& scratch, const RevisionGraph& graph, Ground ground);

  /// The rungs are in the order of an upgrade from the ground to the heads. `asked`: the ids to prove; the others are only
  /// applied. Throws Error: connection, interrupted, internal.
  void climb(const std::vector<Rung>& rungs, const std::set<std::string, std::less<>>& asked);

  std::vector<Proof> take_proofs() { return std::move(proofs_); }
  const ChainProof& chain() const { return chain_; }

 private:
  /// An upgrade that was taken, with the rows it found and left, and its way back.
  struct Taken {
    Work up;
    std::optional<Work> down;
  };

  void pass(const Rung& rung, Proof& proof);
  void prove(const Taken& taken, Proof& proof);
  /// The rest of a proof, once the revision is up: answers whether the database is still what only going up makes.
  bool prove_way_back(const Taken& taken, Proof& proof, const Snapshot& before, const Snapshot& rows_before);
  Passage go_up(const Taken& taken, Attention attention);
  void note_taken(Taken taken);
  std::optional<std::string> find_blocker(const Revision& revision) const;
  Taken plan(const Rung& rung) const;
  const Snapshot& schema();
  Snapshot rows_of(const Revision& revision);

  /// Goes on in a copy of the ground with everything that is taken.
  void rebuild();
  std::optional<Error> bring_ground_forward();
  void renew_ground();
  Stage open(const std::string& database);
  void use(const std::string& database);
  void leave_database();

  void prove_chain();
  std::vector<Work> ways_down();
  void climb_again(std::size_t steps, const Snapshot& head);

  const StageWorld* world_;
  Scratch* scratch_;
  const RevisionGraph* graph_;
  StageRunner runner_;
  Ground ground_;
  std::size_t in_ground_ = 0;        ///< of the taken ones, those that the ground has by now
  std::set<std::string> roles_;      ///< of the server, when the ground became what it is
  std::string database_;             ///< that the stage is in
  std::optional<Stage> stage_;
  std::optional<Snapshot> schema_;   ///< as it is now, where it was read
  std::vector<std::string> rows_;
  std::vector<Taken> taken_;
  std::set<std::string> missing_;    ///< revisions that could not be taken
  Snapshot bottom_;                  ///< where the whole way down ends: the ground, or the last irreversible revision
  std::vector<Proof> proofs_;
  ChainProof chain_;
};

}  // namespace cairn
