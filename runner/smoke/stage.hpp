#pragma once

#include "engine/executor.hpp"
#include "observe/watched_channel.hpp"
#include "postgres/connection.hpp"
#include "schema/snapshot.hpp"
#include "smoke/deadline.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cairn {

/// What every passage needs, whichever database it runs in.
struct StageWorld {
  StateTables tables;
  RunIdentity identity;
  std::map<std::string, std::string, std::less<>> variables;
  std::chrono::seconds deadline{60};          ///< for each step; 0: none
  /// Makes what runs code, watching this descriptor, with all libraries loaded. Asked again after a passage was given up.
  std::function<std::unique_ptr<StepRunner>(int interrupt)> make_runner;
  Observer* observer = nullptr;
};

enum class Attention { none, watching };

/// What a run on a stage brought.
struct Passage {
  std::size_t done = 0;                        ///< steps
  std::optional<Error> error;
  StepEffects effects;                         ///< where it was watched
  std::chrono::microseconds duration{0};       ///< of the revisions' statements
};

/// Makes the tables that Cairn keeps its state in, with their schema.
void prepare_state(SqlChannel& channel, const StateTables& tables);

/// Runs code revisions for all stages, and makes itself anew where a passage had to be given up.
class StageRunner {
 public:
  explicit StageRunner(const StageWorld& world) : world_(&world) {}
  StepRunner& get();
  Deadline& deadline() { return deadline_; }
  void renew() { runner_.reset(); }

 private:
  const StageWorld* world_;
  Deadline deadline_;
  std::unique_ptr<StepRunner> runner_;
};

/// One scratch database with the revisions that it has.
class Stage {
 public:
  /// `reader`: a second connection to it, for looking at what is committed.
  Stage(const StageWorld& world, StageRunner& runner, std::unique_ptr<Connection> connection, std::unique_ptr<Connection> reader);

  /// Carries out the steps, which must fit each other and what was run before. Never throws for what a revision does.
  /// Throws Error (interrupted) when the user asked to stop.
  Passage run(const std::vector<Work>& work, Attention attention);

  Snapshot schema();
  Snapshot rows();

 private:
  Outcome execute(const std::vector<Work>& work, SqlChannel& channel, Attention attention);
  Error judge(Error error) const;
  static std::vector<TableName> tables_of(const StateTables& tables);
  std::vector<RelationName> own_relations() const;

  const StageWorld* world_;
  StageRunner* runner_;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<Connection> reader_;
  SnapshotReader snapshots_;
};

}  // namespace cairn
