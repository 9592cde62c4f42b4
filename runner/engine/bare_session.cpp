#include "engine/bare_session.hpp"

#include "base/text.hpp"
#include "engine/failure.hpp"
#include "engine/window.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

namespace cairn {

namespace {

Message plain(std::string text) { return {.text = std::move(text), .copies = {}, .parameters = std::nullopt}; }

/// A failed concurrent build leaves an invalid index behind; any other failed statement leaves nothing.
bool leaves_debris(std::string_view sql) {
  std::string lower(sql);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower.find("concurrently") != lower.npos;
}

/// The cause without the revision's name, which the message that it goes into has already.
std::string reason(const Step& step, const Error& cause) {
  for (const std::string_view how : {" failed: ", " failed in its downgrade: "}) {
    const std::string lead = name_of(*step.revision) + std::string(how);
    if (cause.message().starts_with(lead)) return cause.message().substr(lead.size());
  }
  return cause.message();
}

Error unfinished(const Step& step, std::size_t number, const Error& cause) {
  Error error(Category::unfinished, fmt::format("{} stopped half-way: statement {} failed: {}", name_of(*step.revision), number,
                                                reason(step, cause)));
  error.sqlstate(cause.sqlstate());
  if (cause.place()) error.at(*cause.place());
  error.detail("It runs outside a transaction, so what its statements did before stays.");
  error.hint(fmt::format("Look what is there, finish or undo the revision by hand, then say which: \"cairn stamp {}\" if it is now "
                         "applied, or \"cairn stamp\" with what \"cairn current\" shows if it is not.", step.revision->id));
  return error;
}

}  // namespace

BareSession::BareSession(World& world, const Step& step) : Session(world, step) {
  world_->observer.step_started(step);
  world_->channel.exchange(plain(fmt::format("SELECT pg_catalog.set_config('application_name', {}, false)",
                                             quote_literal("cairn " + step.revision->id))));
}

void BareSession::fail(Error error) {
  failure_ = std::move(error);
  throw HostCallFailed{*failure_};
}

/// Writes to the journal; without it nothing may go on.
void BareSession::note(std::string sql) {
  const Reply reply = world_->channel.exchange(plain(std::move(sql)));
  lost_ = lost_ || reply.lost;
  if (reply.lost) fail(Error(Category::connection, "the connection was lost"));
  if (reply.failure) fail(make_step_error(*step_, *reply.failure, {.entry = 0, .part = Part::bookkeeping, .place = std::nullopt}));
}

Reply BareSession::run_statement(Message message, const Place& place) {
  if (failure_) throw HostCallFailed{*failure_};
  if (world_->interrupted()) fail(interrupted_error(*step_));
  const std::string ended = number_ == 0 ? "" : world_->bookkeeping.statement_done(*step_, number_) + ";\n";
  ++number_;
  note(ended + world_->bookkeeping.statement_started(*step_, number_));
  const Reply reply = world_->channel.exchange(message);
  lost_ = lost_ || reply.lost;
  if (reply.lost) fail(Error(Category::connection, "the connection was lost"));
  if (!reply.failure) {
    dirty_ = true;
    return reply;
  }
  Fault fault{.entry = 0, .part = Part::piece, .place = place};
  if (reply.failure->position > 0 && fault.place) {
    const Place within = place_in(message.text, byte_offset_of_character(message.text, reply.failure->position - 1), place.file);
    fault.place->excerpt = within.excerpt;
    fault.place->caret = within.caret;
    if (place.column > 0) {
      fault.place->line += within.line - 1;
      fault.place->column = within.line == 1 ? place.column + within.column - 1 : within.column;
    }
  }
  const Error cause = make_step_error(*step_, *reply.failure, fault);
  const bool clean = !dirty_ && !leaves_debris(message.text);
  dirty_ = !clean;
  note(world_->bookkeeping.statement_failed(*step_, number_, clean, cause.message()));
  fail(clean ? (world_->interrupted() ? interrupted_error(*step_) : cause) : unfinished(*step_, number_, cause));
}

void BareSession::run_piece(const Piece& piece) {
  std::size_t copy = 0;
  for (const Statement& statement : piece.body.statements) {
    Message message = plain(piece.body.text.substr(statement.begin, statement.end - statement.begin));
    if (statement.copies_in && copy < piece.body.copies.size()) message.copies.push_back(piece.body.copies[copy++]);
    Place place = piece.from_code() ? piece.call : place_in(piece.body.text, statement.begin, piece.body.source);
    const Reply reply = run_statement(std::move(message), place);
    if (piece.verifies && !reply.results.empty() && !reply.results.back().rows.empty())
      fail(unfinished(*step_, number_, Error(Category::revision, "its verify step found a row").at(place)));
  }
}

void BareSession::execute(std::string sql, Place place) {
  if (failure_) throw HostCallFailed{*failure_};
  Piece piece{.body = {}, .call = place, .verifies = false};
  try {
    piece.body = parse_body(place.file, sql);
  } catch (Error& error) {
    error.recategorise(dirty_ ? Category::unfinished : Category::revision).at(place);
    fail(make_step_error(*step_, std::move(error)));
  }
  run_piece(piece);
}

Result BareSession::query(std::string sql, std::vector<Cell> parameters, Place place) {
  Message message = plain(std::move(sql));
  if (!parameters.empty()) message.parameters = std::move(parameters);
  Reply reply = run_statement(std::move(message), place);
  return reply.results.empty() ? Result{} : std::move(reply.results.back());
}

void BareSession::savepoint(SavepointAction, Place place) {
  fail(Error(Category::revision, fmt::format("{} runs outside a transaction, so it has no savepoints", name_of(*step_->revision)))
           .at(std::move(place)));
}

void BareSession::begin_copy(std::string, Place place) {
  fail(Error(Category::revision, fmt::format("{} runs outside a transaction, where a stream cannot be undone: COPY is not offered "
                                             "there", name_of(*step_->revision)))
           .at(std::move(place)));
}

void BareSession::write_copy(std::string_view) { fail(Error(Category::revision, "no COPY is open")); }
std::uint64_t BareSession::end_copy(std::optional<std::string>) { fail(Error(Category::revision, "no COPY is open")); }

void BareSession::finish() {
  std::string text = "BEGIN;\n";
  if (number_ > 0) text += world_->bookkeeping.statement_done(*step_, number_) + ";\n";
  text += world_->bookkeeping.finish(*step_) + ";\nCOMMIT;\n";
  note(std::move(text));
  world_->channel.exchange(plain(recovery_sql(false)));
}

}  // namespace cairn
