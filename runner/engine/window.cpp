#include "engine/window.hpp"

#include "engine/retry.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::chrono::milliseconds first_lock_timeout{100};

std::size_t bytes_of(const std::vector<Piece>& pieces) {
  std::size_t bytes = 0;
  for (const Piece& piece : pieces) bytes += piece.body.text.size();
  return bytes;
}

bool has_copy(const std::vector<Piece>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return !piece.body.copies.empty(); });
}

}  // namespace

Error interrupted_error(const Step& step) {
  return Error(Category::interrupted, fmt::format("interrupted during {}", name_of(*step.revision)))
      .detail("The statement was cancelled on the server and the revision rolled back.")
      .hint("Run the same command again to go on from here.");
}

Error lock_error(const Step& step, const ServerFailure& failure, std::chrono::milliseconds budget) {
  return Error(Category::lock, fmt::format("{} got no lock within {} s: {}", name_of(*step.revision), budget.count() / 1000,
                                           failure.message))
      .sqlstate(failure.sqlstate)
      .hint("End the transactions that hold the table, or wait longer with \"--lock-wait SECONDS\" (0: for ever).");
}

bool Window::is_full_for(const std::vector<Piece>& pieces) const {
  if (entries_.empty()) return false;
  // Data for COPY is fed by hand, so such a revision travels alone.
  return entries_.size() >= limits_->window_steps || bytes_ + bytes_of(pieces) > limits_->window_bytes || has_copy(pieces) ||
         has_copy(entries_.back().pieces);
}

void Window::add(const Step& step, std::vector<Piece> pieces) {
  const std::size_t bytes = bytes_of(pieces);
  bytes_ += bytes;
  entries_.push_back({&step, std::move(pieces), bytes});
}

Script Window::make_script(std::size_t first, std::size_t limit, std::chrono::milliseconds lock_timeout) const {
  Script script(world_->bookkeeping);
  for (std::size_t i = first; i < limit; ++i)
    script.add_step(*entries_[i].step, entries_[i].pieces, i == first ? lock_timeout : first_lock_timeout);
  return script;
}

Window::Result Window::flush() {
  Flight flight{.first = 0, .limit = entries_.size(), .retry = Retry(limits_->lock_wait), .result = {}};
  while (flight.first < entries_.size() && send_next(flight)) {
  }
  entries_.clear();
  bytes_ = 0;
  return std::move(flight.result);
}

bool Window::send_next(Flight& flight) {
  const Step& front = *entries_[flight.first].step;
  if (world_->interrupted()) return give_up(flight, interrupted_error(front));
  const std::size_t sent = flight.limit - flight.first;
  const Script script = make_script(flight.first, flight.limit, flight.retry.lock_timeout());
  world_->observer.window_sent(front, sent);
  const Reply reply = world_->channel.exchange(script.message());
  const std::size_t committed = note_committed(flight, script, reply);
  if (reply.lost) {
    flight.result.lost = true;
    return false;
  }
  if (!reply.failure)
    return committed == sent ||
           give_up(flight, Error(Category::internal, fmt::format("the server committed {} of {} steps and named no error",
                                                                 committed, sent)));
  world_->channel.exchange({.text = recovery_sql(world_->channel.in_transaction()), .copies = {}, .parameters = std::nullopt});
  const Fault fault = script.locate(reply);
  // A syntax error is found before anything of the message runs, and text that the server cannot even read has no
  // position: those before the culprit go alone, then the culprit.
  if (fault.entry > committed) {
    flight.limit = flight.first + (fault.entry - committed);
    return true;
  }
  if (reply.results.empty() && reply.failure->position == 0 && sent > 1) {
    flight.limit = flight.first + 1;
    return true;
  }
  return may_retry(flight, *reply.failure, fault);
}

std::size_t Window::note_committed(Flight& flight, const Script& script, const Reply& reply) {
  const auto durations = script.durations(reply);
  for (const auto duration : durations) {
    flight.result.done.push_back(duration);
    world_->observer.step_done(*entries_[flight.first].step);
    ++flight.first;
  }
  flight.limit = entries_.size();
  if (!durations.empty()) flight.retry = Retry(limits_->lock_wait);
  return durations.size();
}

bool Window::may_retry(Flight& flight, const ServerFailure& failure, const Fault& fault) {
  const Step& step = *entries_[flight.first].step;
  if (world_->interrupted()) return give_up(flight, interrupted_error(step));
  if (!is_retryable(failure)) return give_up(flight, make_step_error(step, failure, fault));
  const auto pause = flight.retry.next();
  if (!pause) return give_up(flight, lock_error(step, failure, limits_->lock_wait));
  world_->observer.retrying(step, failure.message, *pause);
  return world_->pause(*pause) || give_up(flight, interrupted_error(step));
}

bool Window::give_up(Flight& flight, Error error) {
  flight.result.error = std::move(error);
  return false;
}

}  // namespace cairn
