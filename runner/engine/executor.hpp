#pragma once

#include "engine/outcome.hpp"
#include "engine/window.hpp"
#include "engine/world.hpp"
#include "graph/plan.hpp"

#include <vector>

namespace cairn {

/// A step with its SQL; a code revision has none, its runner makes it.
struct Work {
  Step step;
  std::vector<Piece> pieces;
};

/// Carries out a plan: windows of steps that need no answers, code that asks, and what runs outside a
/// transaction, in the order of the plan. Stops at the first failure. Never throws for what a revision,
/// the server or the user does: all of that is in the outcome.
class Executor {
 public:
  Executor(World world, Limits limits);

  Outcome run(const Plan& plan, const std::vector<Work>& work);

 private:
  bool run_one(const Work& work);
  bool run_sql(const Work& work);
  bool run_code(const Work& work);
  bool run_bare(const Work& work);
  /// True when the code ran through, or its failure is worth another attempt after a pause.
  enum class Attempt { done, failed, again };
  Attempt attempt_code(const Work& work, class Retry& retry);

  bool flush();
  void finished(std::chrono::milliseconds duration);
  bool stop(Error error);
  bool stop_lost();
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
