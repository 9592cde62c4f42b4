#include "engine/window.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::size_t bytes_of(const std::vector<Piece>& pieces) {
  std::size_t bytes = 0;
  for (const Piece& piece : pieces) bytes += piece.body.text.size();
  return bytes;
}

bool has_copy(const std::vector<Piece>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return !piece.body.copies.empty(); });
}

}  // namespace

bool Window::is_full_for(const std::vector<Piece>& pieces) const {
  if (entries_.empty()) return false;
  // Data for COPY is fed by hand, so such a revision travels alone.
  return entries_.size() >= limits_->window_steps || bytes_ + bytes_of(pieces) > limits_->window_bytes || has_copy(pieces) ||
         has_copy(entries_.back().pieces);
}

void Window::add(const Step& step, std::vector<Piece> pieces) {
  bytes_ += bytes_of(pieces);
  entries_.push_back({&step, std::move(pieces), Retry(step, *limits_)});
}

Script Window::make_script(const Flight& flight) const {
  Script script(world_->bookkeeping);
  for (std::size_t i = flight.first; i < flight.limit; ++i)
    script.add_step(*entries_[i].step, entries_[i].pieces, entries_[i].retry.lock_timeout());
  return script;
}

Window::Result Window::flush() {
  Flight flight{.first = 0, .limit = entries_.size(), .result = {}};
  while (flight.first < entries_.size() && send_next(flight)) {
  }
  entries_.clear();
  bytes_ = 0;
  return std::move(flight.result);
}

bool Window::send_next(Flight& flight) {
  const Step& front = *entries_[flight.first].step;
  if (world_->interrupted()) {
    flight.result.reached = false;
    return give_up(flight, interrupted_before_error(front));
  }
  const std::size_t before = flight.first;
  const std::size_t sent = flight.limit - before;
  const Script script = make_script(flight);
  world_->observer.window_sent(front, sent);
  const Reply reply = world_->channel.exchange(script.message(marks_of(*world_)));
  note_committed(flight, script, reply);
  if (reply.lost) {
    flight.result.lost = true;
    return give_up(flight, lost_error(reply.failure));
  }
  const std::size_t committed = flight.first - before;
  if (!reply.failure)
    return committed == sent ||
           give_up(flight, Error(Category::internal, fmt::format("the server answered COMMIT to {} of {} steps and named no error",
                                                                 committed, sent)));
  world_->channel.exchange({.text = recovery_sql(world_->channel.in_transaction()), .copies = {}, .parameters = std::nullopt});
  return go_on_after(flight, script.locate(reply), reply, sent, committed);
}

bool Window::go_on_after(Flight& flight, const Fault& fault, const Reply& reply, std::size_t sent, std::size_t committed) {
  // Only the clean-up behind a commit failed, and the recovery has made up for it.
  if (committed == sent || (committed > 0 && fault.part == Part::cleanup)) return true;
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

void Window::note_committed(Flight& flight, const Script& script, const Reply& reply) {
  for (const auto duration : script.durations(reply)) {
    flight.result.done.push_back(duration);
    world_->observer.step_done(*entries_[flight.first].step);
    ++flight.first;
  }
  flight.limit = entries_.size();
}

bool Window::may_retry(Flight& flight, const ServerFailure& failure, const Fault& fault) {
  Entry& entry = entries_[flight.first];
  if (world_->interrupted()) return give_up(flight, interrupted_error(*entry.step));
  Error error = make_step_error(*entry.step, failure, fault);
  if (!is_retryable(failure)) return give_up(flight, std::move(error));
  auto refused = wait_for_retry(*world_, *entry.step, entry.retry, std::move(error));
  return !refused || give_up(flight, std::move(*refused));
}

bool Window::give_up(Flight& flight, Error error) {
  flight.result.error = std::move(error);
  return false;
}

}  // namespace cairn
