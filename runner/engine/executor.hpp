#pragma once

#include "engine/outcome.hpp"
#include "engine/window.hpp"
#include "engine/world.hpp"
#include "graph/plan.hpp"

#include <vector>

namespace cairn {

class BareSession;
class StepSession;

/// A step with its SQL; a code revision has none, its runner makes it.
struct Work {
  Step step;
  std::vector<Piece> pieces;
};

/// Carries out a plan: windows of steps that need no answers, code that asks, and what runs outside a
/// transaction, in the order of the plan. Stops at the first failure. Never throws for what a revision, its
/// runner, the server or the user does: all of that is in the outcome.
class Executor {
 public:
  Executor(World world, Limits limits);

  Outcome run(const Plan& plan, const std::vector<Work>& work);

 private:
  enum class Attempt { done, failed, again };

  bool run_one(const Work& work);
  bool run_sql(const Step& step, std::vector<Piece> pieces);
  bool run_code(const Step& step);
  bool run_bare(const Work& work);
  Attempt attempt_code(const Step& step, Retry& retry);
  /// The code has succeeded: its statements join the window, or what is live is committed.
  Attempt keep(const Step& step, StepSession& session, Retry& retry);
  Attempt give_up(const Step& step, StepSession& session, Retry& retry, Error error);
  StepEnd run_in_runner(const Step& step, StepHost& host);
  std::optional<Error> run_statements(BareSession& session, const Work& work);

  /// These answer whether the run goes on.
  bool flush();
  bool stop(Error error, StepState state = StepState::failed);
  bool stop_lost(Error error);

  void note_done(std::chrono::milliseconds duration);
  void recover();
  void journal_failure(const Step& step, const Error& error);

  World world_;
  Limits limits_;
  Window window_;
  const std::vector<Work>* work_ = nullptr;
  Outcome outcome_;
  std::size_t done_ = 0;
};

}  // namespace cairn
