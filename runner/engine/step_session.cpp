#include "engine/step_session.hpp"

#include "base/text.hpp"
#include "engine/failure.hpp"
#include "sql/substitution.hpp"

#include <fmt/core.h>

#include <utility>

namespace cairn {

namespace {

Message plain(std::string text) { return {.text = std::move(text), .copies = {}, .parameters = std::nullopt}; }

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

/// The one statement of a query, for who looks on.
AuthoredStatement statement_of_call(const Body& body, const Place& call) {
  const Statement& statement = body.statements.front();
  Place place = call;
  place.excerpt = places_of_statements(body).front().excerpt;
  return {.begin = statement.begin, .end = statement.end, .place = std::move(place)};
}

std::string savepoint_name(std::size_t number) { return fmt::format("cairn_{}", number); }

}  // namespace

StepSession::StepSession(World& world, const Limits& limits, const Step& step, std::chrono::milliseconds lock_timeout,
                         std::function<bool()> send_earlier)
    : Session(world, step), limits_(&limits), lock_timeout_(lock_timeout), send_earlier_(std::move(send_earlier)) {}

void StepSession::fail(Error error) { fail_as(make_step_error(*step_, std::move(error))); }

void StepSession::fail_as(Error error) {
  failure_ = std::move(error);
  throw HostCallFailed{*failure_};
}

void StepSession::require_usable() {
  if (failure_) throw HostCallFailed{*failure_};
  if (copy_) fail(Error(Category::revision, "a COPY is still open").at(copy_->place));
}

void StepSession::require_success(const Reply& reply, const std::function<Fault()>& locate) {
  lost_ = lost_ || reply.lost;
  if (reply.lost) fail_as(lost_error(reply.failure));
  if (reply.failure && world_->interrupted()) fail_as(interrupted_error(*step_));
  if (reply.failure) fail_as(make_step_error(*step_, *reply.failure, locate()));
}

Body StepSession::parse(const std::string& sql, const Place& place) {
  try {
    return parse_body(place.file, sql);
  } catch (Error& error) {
    error.recategorise(Category::revision).at(place);
    fail(std::move(error));
  }
}

void StepSession::execute(std::string sql, Place place) {
  require_usable();
  Body body = parse(sql, place);
  pending_bytes_ += body.text.size();
  for (const std::string& data : body.copies) pending_bytes_ += data.size();
  pending_.push_back({.body = std::move(body), .call = std::move(place), .verifies = false});
  if (pending_bytes_ > limits_->buffer_bytes) go_live();
}

void StepSession::send_earlier() {
  if (!send_earlier_()) {
    earlier_failed_ = true;
    fail(Error(Category::revision, "an earlier revision of the same run failed"));
  }
  world_->observer.step_started(*step_);
}

void StepSession::drop_pending() {
  pending_.clear();
  pending_bytes_ = 0;
}

Script StepSession::take_script() {
  Script script(world_->bookkeeping);
  if (!live_) script.open(*step_, lock_timeout_);
  for (const Piece& piece : pending_) script.add_piece(piece);
  drop_pending();
  return script;
}

void StepSession::go_live() {
  if (!live_) send_earlier();
  const Script script = take_script();
  live_ = true;
  if (!script.empty()) send(script);
}

Reply StepSession::send(const Script& script) {
  Reply reply = world_->channel.exchange(script.message(marks_of(*world_)));
  require_success(reply, [&] { return script.locate(reply); });
  return reply;
}

Reply StepSession::send_statement(const Message& message, const Place& place) {
  go_live();
  Reply reply = world_->channel.exchange(message);
  require_success(reply, [&] { return fault_of_call(*reply.failure, message.text, place); });
  return reply;
}

Result StepSession::query(std::string sql, std::vector<Cell> parameters, Place place) {
  require_usable();
  const Body body = parse(sql, place);
  if (body.statements.size() != 1)
    fail(Error(Category::revision, fmt::format("query() and run() take one statement, not {}", body.statements.size())).at(place));
  Message message = plain(std::move(sql));
  if (!parameters.empty()) message.parameters = std::move(parameters);
  message.most_answer_bytes = most_answer_bytes;
  if (world_->watched) message.statements = {statement_of_call(body, place)};
  Reply reply = send_statement(message, place);
  return reply.results.empty() ? Result{} : std::move(reply.results.back());
}

void StepSession::require_savepoint(const Place& place) {
  if (savepoints_ == 0) fail(Error(Category::revision, "there is no savepoint to end").at(place));
}

/// The count follows the server: a savepoint that could not be begun is none, and one whose release failed is still there.
void StepSession::savepoint(SavepointAction action, Place place) {
  if (action == SavepointAction::rollback) return roll_back(place);
  require_usable();
  if (action == SavepointAction::begin) {
    send_statement(plain("SAVEPOINT " + savepoint_name(savepoints_ + 1)), place);
    ++savepoints_;
  } else {
    require_savepoint(place);
    send_statement(plain("RELEASE SAVEPOINT " + savepoint_name(savepoints_)), place);
    --savepoints_;
  }
}

/// The only way back from a failure; one that lies outside (lost connection, ^C) stays.
void StepSession::roll_back(const Place& place) {
  const bool outside = lost_ || earlier_failed_ || (failure_ && failure_->category() == Category::interrupted);
  if (failure_ && (outside || savepoints_ == 0)) throw HostCallFailed{*failure_};
  require_savepoint(place);
  abandon_copy();
  failure_.reset();
  drop_pending();
  send_statement(plain(fmt::format("ROLLBACK TO SAVEPOINT {0}; RELEASE SAVEPOINT {0}", savepoint_name(savepoints_))), place);
  --savepoints_;
}

void StepSession::require_copy_statement(const std::string& statement, CopyStream stream, const Place& place) {
  try {
    require_copy(statement, stream);
  } catch (Error& error) {
    fail(std::move(error.at(place)));
  }
}

void StepSession::require_open(CopyStream stream) {
  if (failure_) throw HostCallFailed{*failure_};
  if (!copy_ || copy_->stream != stream) fail(Error(Category::revision, "no such COPY is open"));
}

void StepSession::begin_copy_in(std::string statement, Place place) {
  require_usable();
  require_copy_statement(statement, CopyStream::from_client, place);
  go_live();
  const Reply reply = world_->channel.begin_copy_in(statement);
  require_success(reply, [&] { return fault_of_call(*reply.failure, statement, place); });
  copy_ = OpenCopy{CopyStream::from_client, std::move(place)};
}

void StepSession::write_copy(std::string_view data) {
  require_open(CopyStream::from_client);
  // A refusal shows at the end, with the server's own words.
  world_->channel.write_copy(data);
}

std::uint64_t StepSession::end_copy_in(std::optional<std::string> abort_reason) {
  if (failure_) abandon_copy();
  require_open(CopyStream::from_client);
  const Place place = std::exchange(copy_, std::nullopt)->place;
  const Reply reply = world_->channel.end_copy_in(abort_reason);
  if (abort_reason && reply.failure && !reply.lost && !world_->interrupted())
    fail(Error(Category::revision, "the COPY was given up: " + *abort_reason).at(place));
  require_success(reply, [&] { return fault_of_call(*reply.failure, "", place); });
  return reply.results.empty() ? 0 : affected_rows(reply.results.back().tag);
}

void StepSession::begin_copy_out(std::string statement, Place place) {
  require_usable();
  require_copy_statement(statement, CopyStream::to_client, place);
  go_live();
  const Reply reply = world_->channel.begin_copy_out(statement);
  require_success(reply, [&] { return fault_of_call(*reply.failure, statement, place); });
  copy_ = OpenCopy{CopyStream::to_client, std::move(place)};
}

/// The end of the data is the end of the statement: only if that succeeded are they complete.
std::string_view StepSession::read_copy() {
  require_open(CopyStream::to_client);
  if (copy_->rows) return {};
  const std::string_view piece = world_->channel.read_copy();
  if (!piece.empty()) return piece;
  const Place place = copy_->place;
  const Reply reply = world_->channel.end_copy_out();
  if (reply.failure || reply.lost) copy_.reset();
  require_success(reply, [&] { return fault_of_call(*reply.failure, "", place); });
  copy_->rows = reply.results.empty() ? 0 : affected_rows(reply.results.back().tag);
  return {};
}

std::uint64_t StepSession::end_copy_out() {
  if (failure_) abandon_copy();
  require_open(CopyStream::to_client);
  const OpenCopy copy = *std::exchange(copy_, std::nullopt);
  if (copy.rows) return *copy.rows;
  const Reply reply = world_->channel.end_copy_out();
  if (reply.lost || world_->interrupted()) require_success(reply, [&] { return fault_of_call(*reply.failure, "", copy.place); });
  fail(Error(Category::revision, "the COPY was given up before the end of its data")
           .at(copy.place)
           .hint("Read it to its end, or ask for less in the statement."));
}

void StepSession::abandon_copy() {
  if (!copy_) return;
  const OpenCopy copy = *std::exchange(copy_, std::nullopt);
  if (copy.rows) return;
  SqlChannel& channel = world_->channel;
  const Reply reply = copy.stream == CopyStream::to_client ? channel.end_copy_out()
                                                           : channel.end_copy_in("the step ended inside of this COPY");
  lost_ = reply.lost || lost_;
}

std::optional<std::chrono::milliseconds> StepSession::close() try {
  require_usable();
  if (!world_->channel.in_transaction())
    fail(Error(Category::revision, "its code ended the transaction that Cairn holds"));
  return send_close();
} catch (const HostCallFailed&) {
  return std::nullopt;
}

std::chrono::milliseconds StepSession::send_close() {
  Script script = take_script();
  script.close(*step_);
  const Reply reply = world_->channel.exchange(script.message(marks_of(*world_)));
  // Once COMMIT is answered the step is done, whatever becomes of the clean-up behind it.
  const auto durations = script.durations(reply);
  if (durations.empty()) {
    require_success(reply, [&] { return script.locate(reply); });
    fail(Error(Category::internal, "the server rolled the transaction back at COMMIT and named no error"));
  }
  if (reply.failure) world_->channel.exchange(plain(recovery_sql(world_->channel.in_transaction())));
  return durations.front();
}

}  // namespace cairn
