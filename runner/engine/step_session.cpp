#include "engine/step_session.hpp"

#include "base/text.hpp"
#include "engine/failure.hpp"
#include "engine/window.hpp"

#include <fmt/core.h>

#include <charconv>

namespace cairn {

namespace {

Message plain(std::string text) { return {.text = std::move(text), .copies = {}, .parameters = std::nullopt}; }

/// The number at the end of a tag: "COPY 12", "INSERT 0 3".
std::uint64_t affected(std::string_view tag) {
  std::uint64_t rows = 0;
  const std::size_t space = tag.rfind(' ');
  if (space != tag.npos) std::from_chars(tag.data() + space + 1, tag.data() + tag.size(), rows);
  return rows;
}

/// A statement of code has no file of SQL: the place is the call, the excerpt the SQL it sent.
Fault fault_of_call(const ServerFailure& failure, const std::string& sql, const Place& call) {
  Place place = call;
  if (failure.position > 0) {
    const Place within = place_in(sql, byte_offset_of_character(sql, failure.position - 1), "");
    place.excerpt = within.excerpt;
    place.caret = within.caret;
  }
  return {.entry = 0, .part = Part::piece, .place = std::move(place)};
}

}  // namespace

StepSession::StepSession(World& world, const Limits& limits, const Step& step, std::chrono::milliseconds lock_timeout,
                         std::function<bool()> send_earlier)
    : Session(world, step), limits_(&limits), lock_timeout_(lock_timeout), send_earlier_(std::move(send_earlier)) {}

void StepSession::fail(Error error) {
  failure_ = make_step_error(*step_, std::move(error));
  throw HostCallFailed{*failure_};
}

void StepSession::require_usable() const {
  if (failure_) throw HostCallFailed{*failure_};
  if (copy_) throw HostCallFailed{Error(Category::revision, "a COPY is still open").at(*copy_)};
}

Body StepSession::parse(const std::string& sql, const Place& place) {
  try {
    return parse_body(place.file, sql);
  } catch (Error& error) {
    error.recategorise(Category::revision).at(place);
    fail(error);
  }
}

void StepSession::execute(std::string sql, Place place) {
  require_usable();
  Body body = parse(sql, place);
  pending_bytes_ += body.text.size();
  pending_.push_back({.body = std::move(body), .call = std::move(place), .verifies = false});
  if (pending_bytes_ > limits_->buffer_bytes) send_pending();
}

void StepSession::go_live() {
  if (live_) return;
  if (!send_earlier_()) {
    earlier_failed_ = true;
    fail(Error(Category::revision, "an earlier revision of the same run failed"));
  }
  world_->observer.step_started(*step_);
}

Reply StepSession::send(const Script& script) {
  const Reply reply = world_->channel.exchange(script.message());
  fail_if_bad(reply, [&] { return script.locate(reply); });
  return reply;
}

void StepSession::fail_if_bad(const Reply& reply, const std::function<Fault()>& locate) {
  lost_ = lost_ || reply.lost;
  if (reply.lost) fail(Error(Category::connection, "the connection was lost"));
  if (reply.failure && world_->interrupted()) fail(interrupted_error(*step_));
  if (reply.failure) fail(make_step_error(*step_, *reply.failure, locate()));
}

void StepSession::send_pending() {
  const bool opening = !live_;
  go_live();
  if (!opening && pending_.empty()) return;
  Script script(world_->bookkeeping);
  if (opening) script.open(*step_, lock_timeout_);
  for (const Piece& piece : pending_) script.add_piece(piece);
  pending_.clear();
  pending_bytes_ = 0;
  live_ = true;
  send(script);
}

Reply StepSession::send_statement(const Message& message, const Place& place) {
  send_pending();
  const Reply reply = world_->channel.exchange(message);
  fail_if_bad(reply, [&] { return fault_of_call(*reply.failure, message.text, place); });
  return reply;
}

Result StepSession::query(std::string sql, std::vector<Cell> parameters, Place place) {
  require_usable();
  const Body body = parse(sql, place);
  if (body.statements.size() != 1)
    fail(Error(Category::revision, fmt::format("query() and run() take one statement, not {}", body.statements.size())).at(place));
  Message message = plain(std::move(sql));
  if (!parameters.empty()) message.parameters = std::move(parameters);
  Reply reply = send_statement(message, place);
  return reply.results.empty() ? Result{} : std::move(reply.results.back());
}

void StepSession::savepoint(SavepointAction action, Place place) {
  if (action == SavepointAction::begin) {
    require_usable();
    send_statement(plain(fmt::format("SAVEPOINT cairn_{}", ++savepoints_)), place);
    return;
  }
  if (savepoints_ == 0) fail(Error(Category::revision, "there is no savepoint to end").at(place));
  const std::string name = fmt::format("cairn_{}", savepoints_);
  if (action == SavepointAction::release) {
    require_usable();
    --savepoints_;
    send_statement(plain("RELEASE SAVEPOINT " + name), place);
    return;
  }
  // The only way back from a failure; one that lies outside (lost connection, ^C) stays.
  if (lost_ || earlier_failed_ || (failure_ && failure_->category() == Category::interrupted)) throw HostCallFailed{*failure_};
  failure_.reset();
  copy_.reset();
  pending_.clear();
  pending_bytes_ = 0;
  --savepoints_;
  send_statement(plain(fmt::format("ROLLBACK TO SAVEPOINT {0}; RELEASE SAVEPOINT {0}", name)), place);
}

void StepSession::begin_copy(std::string statement, Place place) {
  require_usable();
  send_pending();
  const Reply reply = world_->channel.begin_copy(statement);
  fail_if_bad(reply, [&] { return fault_of_call(*reply.failure, statement, place); });
  copy_ = std::move(place);
}

void StepSession::write_copy(std::string_view data) {
  if (failure_) throw HostCallFailed{*failure_};
  if (!copy_) fail(Error(Category::revision, "no COPY is open"));
  // A refusal shows at the end, with the server's own words.
  world_->channel.write_copy(data);
}

std::uint64_t StepSession::end_copy(std::optional<std::string> abort_reason) {
  if (failure_) throw HostCallFailed{*failure_};
  if (!copy_) fail(Error(Category::revision, "no COPY is open"));
  const Place place = *copy_;
  copy_.reset();
  const bool aborted = abort_reason.has_value();
  const Reply reply = world_->channel.end_copy(abort_reason);
  if (aborted && reply.failure && !reply.lost)
    fail(Error(Category::revision, "the COPY was given up: " + *abort_reason).at(place));
  fail_if_bad(reply, [&] { return fault_of_call(*reply.failure, "", place); });
  return reply.results.empty() ? 0 : affected(reply.results.back().tag);
}

std::optional<std::chrono::milliseconds> StepSession::close() try {
  require_usable();
  Script script(world_->bookkeeping);
  for (const Piece& piece : pending_) script.add_piece(piece);
  script.close(*step_);
  if (!world_->channel.in_transaction())
    fail(Error(Category::revision, "its code ended the transaction that Cairn holds"));
  const Reply reply = send(script);
  const auto durations = script.durations(reply);
  if (durations.empty()) fail(Error(Category::internal, "the server named no COMMIT"));
  return durations.front();
} catch (const HostCallFailed&) {
  return std::nullopt;
}

}  // namespace cairn
