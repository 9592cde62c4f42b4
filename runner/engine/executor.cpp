#include "engine/executor.hpp"

#include "engine/bare_session.hpp"
#include "engine/retry.hpp"
#include "engine/step_session.hpp"

namespace cairn {

namespace {

/// The failure of a host call tells more than what the code made of it, unless it is the same with a comment.
std::optional<Error> error_of(const Step& step, const Session& session, const StepEnd& end) {
  if (!session.failure()) return end.error ? std::optional(make_step_error(step, *end.error)) : std::nullopt;
  const bool same = end.error && end.error->message() == session.failure()->message();
  return same ? end.error : session.failure();
}

}  // namespace

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
  if (!outcome_.error) flush();
  outcome_.round_trips = world_.channel.round_trips() - trips;
  return std::move(outcome_);
}

bool Executor::run_one(const Work& work) {
  if (!work.step.revision->transactional) return run_bare(work);
  return work.step.revision->kind == RevisionKind::sql ? run_sql(work.step, work.pieces) : run_code(work.step);
}

bool Executor::run_sql(const Step& step, std::vector<Piece> pieces) {
  if (window_.is_full_for(pieces) && !flush()) return false;
  window_.add(step, std::move(pieces));
  return true;
}

bool Executor::run_code(const Step& step) {
  Retry retry(step, limits_);
  Attempt attempt = Attempt::again;
  while (attempt == Attempt::again) attempt = attempt_code(step, retry);
  return attempt == Attempt::done;
}

StepEnd Executor::run_in_runner(const Step& step, StepHost& host) try {
  return world_.runner.run(step, host);
} catch (const Error& error) {
  return {error, true};
}

Executor::Attempt Executor::attempt_code(const Step& step, Retry& retry) {
  StepSession session(world_, limits_, step, retry.lock_timeout(), [this] { return flush(); });
  const StepEnd end = run_in_runner(step, session);
  if (session.earlier_failed()) return Attempt::failed;
  if (auto error = error_of(step, session, end)) return give_up(step, session, retry, std::move(*error));
  return keep(step, session, retry);
}

Executor::Attempt Executor::keep(const Step& step, StepSession& session, Retry& retry) {
  if (!session.live()) return run_sql(step, session.take_pieces()) ? Attempt::done : Attempt::failed;
  const auto duration = session.close();
  if (!duration) return give_up(step, session, retry, *session.failure());
  note_done(*duration);
  world_.observer.step_done(step);
  return Attempt::done;
}

Executor::Attempt Executor::give_up(const Step& step, StepSession& session, Retry& retry, Error error) {
  session.abandon_copy();
  if (session.lost()) {
    stop_lost(std::move(error));
    return Attempt::failed;
  }
  // Earlier steps do not depend on this one's failure: they are sent and committed before it is told.
  if (session.live()) recover();
  else if (!flush()) return Attempt::failed;
  if (is_retryable(error)) {
    auto refused = wait_for_retry(world_, step, retry, std::move(error));
    if (!refused) return Attempt::again;
    error = std::move(*refused);
  }
  // Code that noticed the wish to stop gives some error of its own.
  if (world_.interrupted() && error.category() == Category::revision) error.recategorise(Category::interrupted);
  stop(std::move(error));
  return Attempt::failed;
}

bool Executor::run_bare(const Work& work) {
  if (!flush()) return false;
  if (world_.interrupted()) return stop(interrupted_before_error(work.step), StepState::untouched);
  BareSession session(world_, work.step);
  std::optional<Error> error;
  try {
    error = run_statements(session, work);
    if (!error) note_done(session.finish());
  } catch (const HostCallFailed& failed) {
    error = failed.error;
  }
  if (session.lost()) return stop_lost(std::move(*error));
  if (!error) {
    world_.observer.step_done(work.step);
    return true;
  }
  recover();
  return stop(session.conclude(std::move(*error)));
}

std::optional<Error> Executor::run_statements(BareSession& session, const Work& work) {
  if (work.step.revision->kind == RevisionKind::code) {
    const StepEnd end = run_in_runner(work.step, session);
    return session.failure() ? session.failure() : end.error;
  }
  for (const Piece& piece : work.pieces) session.run_piece(piece);
  return std::nullopt;
}

bool Executor::flush() {
  if (outcome_.error) return false;
  Window::Result result = window_.flush();
  for (const auto duration : result.done) note_done(duration);
  if (result.lost) return stop_lost(std::move(*result.error));
  return !result.error || stop(std::move(*result.error), result.reached ? StepState::failed : StepState::untouched);
}

void Executor::note_done(std::chrono::milliseconds duration) {
  outcome_.steps[done_].duration = duration;
  outcome_.steps[done_].state = StepState::done;
  outcome_.rows = (*work_)[done_++].step.rows_after;
}

bool Executor::stop(Error error, StepState state) {
  error.database(describe_database(outcome_, error, state));
  if (done_ < outcome_.steps.size()) {
    outcome_.steps[done_].state = state;
    if (state == StepState::failed) journal_failure((*work_)[done_].step, error);
  }
  outcome_.error = std::move(error);
  return false;
}

bool Executor::stop_lost(Error error) {
  outcome_.lost = true;
  for (std::size_t i = done_; i < outcome_.steps.size(); ++i) outcome_.steps[i].state = StepState::unknown;
  outcome_.error = std::move(error);
  return false;
}

void Executor::recover() {
  world_.channel.exchange({.text = recovery_sql(world_.channel.in_transaction()), .copies = {}, .parameters = std::nullopt});
}

/// A courtesy to whoever reads the journal: its failure changes nothing. What runs outside a transaction has told
/// the journal itself.
void Executor::journal_failure(const Step& step, const Error& error) {
  if (!step.revision->transactional) return;
  world_.channel.exchange({.text = world_.bookkeeping.failed(step, error.message()), .copies = {}, .parameters = std::nullopt});
}

}  // namespace cairn
