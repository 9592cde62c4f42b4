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

bool Window::may_retry(const Step& step, const ServerFailure& failure, Retry& retry, std::optional<Error>& error) {
  if (!is_retryable(failure)) return false;
  const auto pause = retry.next();
  if (!pause) {
    error = lock_error(step, failure, limits_->lock_wait);
    return false;
  }
  world_->observer.retrying(step, failure.message, *pause);
  if (world_->pause(*pause)) return true;
  error = interrupted_error(step);
  return false;
}

Window::Result Window::flush() {
  Result result;
  std::size_t first = 0;
  std::size_t limit = entries_.size();
  Retry retry(limits_->lock_wait);
  while (first < entries_.size()) {
    const Step& front = *entries_[first].step;
    if (world_->interrupted()) {
      result.error = interrupted_error(front);
      break;
    }
    const Script script = make_script(first, limit, retry.lock_timeout());
    world_->observer.window_sent(front, limit - first);
    const Reply reply = world_->channel.exchange(script.message());
    const std::size_t committed = script.committed(reply);
    const auto durations = script.durations(reply);
    for (std::size_t i = 0; i < committed; ++i) {
      result.done.push_back(durations[i]);
      world_->observer.step_done(*entries_[first + i].step);
    }
    const std::size_t sent = limit - first;
    first += committed;
    limit = entries_.size();
    if (committed > 0) retry = Retry(limits_->lock_wait);
    if (reply.lost) {
      result.lost = true;
      break;
    }
    if (!reply.failure) {
      if (committed == sent) continue;
      result.error = Error(Category::internal, fmt::format("the server committed {} of {} steps and named no error", committed, sent));
      break;
    }
    world_->channel.exchange({.text = recovery_sql(world_->channel.in_transaction()), .copies = {}, .parameters = std::nullopt});
    const Fault fault = script.locate(reply);
    // A syntax error is found before anything of the message runs, and text the server cannot even read has no
    // position: those before the culprit go alone, then the culprit.
    if (fault.entry > committed) {
      limit = first + (fault.entry - committed);
      continue;
    }
    if (reply.results.empty() && reply.failure->position == 0 && sent > 1) {
      limit = first + 1;
      continue;
    }
    const Step& step = *entries_[first].step;
    if (world_->interrupted()) {
      result.error = interrupted_error(step);
      break;
    }
    if (may_retry(step, *reply.failure, retry, result.error)) continue;
    if (!result.error) result.error = make_step_error(step, *reply.failure, fault);
    break;
  }
  entries_.clear();
  bytes_ = 0;
  return result;
}

}  // namespace cairn
