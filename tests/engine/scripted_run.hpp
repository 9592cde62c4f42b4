#pragma once

#include "support/recording_observer.hpp"

#include "engine/executor.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cairn::test {

using Code = std::function<void(StepHost&)>;

/// Thrown by scripted code: the process that ran it is gone.
struct Died {
  std::string how;
};

/// Runs C++ revisions whose code is a lambda of the test. A failed host call ends it, as the SDK has it.
class ScriptedRunner : public StepRunner {
 public:
  void add(const std::string& id, Code code) { codes_[id] = std::move(code); }
  const std::vector<std::string>& runs() const { return runs_; }   ///< ids, one per attempt

  void load(std::span<const Revision* const>) override {}
  StepEnd run(const Step& step, StepHost& host) override;

 private:
  std::map<std::string, Code> codes_;
  std::vector<std::string> runs_;
};

struct Flags {
  bool transactional = true;
  bool retryable = true;
};

/// A plan of a test's own revisions, one resting on the other, and the world to execute it in. It must not move.
class ScriptedRun {
 public:
  explicit ScriptedRun(SqlChannel& channel);
  ScriptedRun(const ScriptedRun&) = delete;
  ScriptedRun& operator=(const ScriptedRun&) = delete;

  ScriptedRun& sql(const std::string& id, const std::string& up, Flags flags = {});
  ScriptedRun& verified(const std::string& id, const std::string& up, const std::string& verify, Flags flags = {});
  ScriptedRun& code(const std::string& id, Code code, Flags flags = {});
  /// `count` SQL revisions "<prefix>01", …, each creating a table of its name.
  ScriptedRun& tables(const std::string& prefix, std::size_t count);

  Outcome run() { return run(plan_, work_); }
  Outcome run(const Plan& plan, const std::vector<Work>& work);
  const Plan& plan() const { return plan_; }
  const std::vector<Work>& work() const { return work_; }

  StepRunner* runner = &scripted;              ///< or a real one
  ScriptedRunner scripted;
  RecordingObserver observer;
  Bookkeeping bookkeeping;
  Limits limits;
  bool interrupted = false;
  bool watched = false;                        ///< somebody looks on
  std::vector<std::chrono::milliseconds> pauses;
  std::function<bool()> on_pause = [] { return true; };   ///< what happens meanwhile; false: the user asked to stop
  std::map<std::string, std::string, std::less<>> variables;

 private:
  Step& add(const std::string& id, RevisionKind kind, Flags flags);

  SqlChannel& channel_;
  std::deque<Revision> revisions_;
  Plan plan_;
  std::vector<Work> work_;
};

/// SQL of a step, as from a file "<id>/up.sql".
Piece sql_piece(const std::string& id, const std::string& sql, bool verifies = false);

/// The place of a call in "<id>.cpp".
Place call_at(const std::string& id, std::size_t line);

/// "a:done b:failed c:untouched".
std::string states_of(const Outcome& outcome);

/// "no error", or the category's exit code with message and place: "9: revision b failed: no (b/up.sql, line 2, column 8)".
std::string told(const Outcome& outcome);

/// How often a text occurs in another.
std::size_t count_in(const std::string& text, const std::string& part);

}  // namespace cairn::test
