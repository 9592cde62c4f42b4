#include "engine/executor.hpp"

#include "engine/bare_session.hpp"
#include "engine/retry.hpp"
#include "engine/step_session.hpp"

#include <fmt/core.h>

namespace cairn {

Executor::Executor(World world, Limits limits) : world_(std::move(world)), limits_(limits), window_(world_, limits_) {}

Outcome Executor::run(const Plan& plan, const std::vector<Work>& work) {
  outcome_ = Outcome{};
  outcome_.rows = plan.rows_before;
  for (const Work& one : work) outcome_.steps.push_back({one.step.revision, one.step.direction, StepState::untouched, {}});
  work_ = &work;
  done_ = 0;
  const std::size_t trips = world_.channel.round_trips();
  for (const Work& one : work)
    if (!run_one(one)) break;
  if (!outcome_.error && !outcome_.lost) flush();
  outcome_.round_trips = world_.channel.round_trips() - trips;
  return std::move(outcome_);
}

bool Executor::run_one(const Work& work) {
  if (!work.step.revision->transactional) return run_bare(work);
  return work.step.revision->kind == RevisionKind::sql ? run_sql(work) : run_code(work);
}

bool Executor::run_sql(const Work& work) {
  if (window_.is_full_for(work.pieces) && !flush()) return false;
  window_.add(work.step, work.pieces);
  return true;
}

bool Executor::run_code(const Work& work) {
  Retry retry(limits_.lock_wait);
  while (true) {
    switch (attempt_code(work, retry)) {
      case Attempt::done: return true;
      case Attempt::failed: return false;
      case Attempt::again: break;
    }
  }
}

Executor::Attempt Executor::attempt_code(const Work& work, Retry& retry) {
  const Step& step = work.step;
  StepSession session(world_, limits_, step, retry.lock_timeout(), [this] { return flush(); });
  const StepEnd end = world_.runner.run(step, session);
  if (session.earlier_failed()) return Attempt::failed;
  std::optional<Error> error = session.failure() ? session.failure() : end.error;
  if (!error && !session.live()) {
    std::vector<Piece> pieces = session.take_pieces();
    if (window_.is_full_for(pieces) && !flush()) return Attempt::failed;
    window_.add(step, std::move(pieces));
    return Attempt::done;
  }
  if (!error) {
    if (const auto duration = session.close()) {
      finished(*duration);
      world_.observer.step_done(step);
      return Attempt::done;
    }
    error = session.failure();
  }
  if (session.lost()) return stop_lost() ? Attempt::done : Attempt::failed;
  // Earlier steps do not depend on this one's failure: they are sent and committed before it is told.
  if (!session.live() && !flush()) return Attempt::failed;
  recover();
  if (is_retryable(*error) && step.revision->retryable) {
    if (const auto pause = retry.next()) {
      world_.observer.retrying(step, error->message(), *pause);
      if (world_.pause(*pause)) return Attempt::again;
      error = interrupted_error(step);
    } else {
      error->recategorise(Category::lock);
    }
  }
  stop(make_step_error(step, *error));
  return Attempt::failed;
}

bool Executor::run_bare(const Work& work) {
  if (!flush()) return false;
  BareSession session(world_, work.step);
  std::optional<Error> error;
  try {
    if (work.step.revision->kind == RevisionKind::sql) {
      for (const Piece& piece : work.pieces) session.run_piece(piece);
    } else {
      const StepEnd end = world_.runner.run(work.step, session);
      error = session.failure() ? session.failure() : end.error;
    }
    if (!error) session.finish();
  } catch (const HostCallFailed& failed) {
    error = failed.error;
  }
  if (session.lost()) return stop_lost();
  if (!error) {
    finished(std::chrono::milliseconds(0));
    world_.observer.step_done(work.step);
    return true;
  }
  recover();
  Error told = make_step_error(work.step, *error);
  if (session.has_left_something()) told.recategorise(Category::unfinished);
  return stop(std::move(told));
}

bool Executor::flush() {
  if (outcome_.error || outcome_.lost) return false;
  const Window::Result result = window_.flush();
  for (const auto duration : result.done) finished(duration);
  if (result.lost) return stop_lost();
  return result.error ? stop(*result.error) : true;
}

void Executor::finished(std::chrono::milliseconds duration) {
  outcome_.steps[done_].state = StepState::done;
  outcome_.steps[done_].duration = duration;
  outcome_.rows = (*work_)[done_].step.rows_after;
  ++done_;
}

bool Executor::stop(Error error) {
  if (done_ < outcome_.steps.size()) {
    outcome_.steps[done_].state = StepState::failed;
    if (error.category() == Category::revision) journal_failure((*work_)[done_].step, error);
  }
  outcome_.error = std::move(error);
  if (outcome_.error->database().empty()) outcome_.error->database(describe_database(outcome_));
  return false;
}

bool Executor::stop_lost() {
  outcome_.lost = true;
  for (std::size_t i = done_; i < outcome_.steps.size(); ++i) outcome_.steps[i].state = StepState::unknown;
  outcome_.error = Error(Category::connection, "the connection to the server was lost during the run");
  return false;
}

void Executor::recover() {
  world_.channel.exchange({.text = recovery_sql(world_.channel.in_transaction()), .copies = {}, .parameters = std::nullopt});
}

/// A courtesy to whoever reads the journal: its failure changes nothing.
void Executor::journal_failure(const Step& step, const Error& error) {
  world_.channel.exchange({.text = world_.bookkeeping.failed(step, error.message()), .copies = {}, .parameters = std::nullopt});
}

}  // namespace cairn
