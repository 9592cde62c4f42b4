#include "engine/bare_session.hpp"

#include "base/text.hpp"
#include "engine/failure.hpp"
#include "engine/step_text.hpp"
#include "sql/substitution.hpp"
#include "state/state.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

namespace cairn {

namespace {

Message plain(std::string text) { return {.text = std::move(text), .copies = {}, .parameters = std::nullopt}; }

/// A failed concurrent build leaves an invalid index behind, and what commits inside keeps what it committed; any other
/// failed statement leaves nothing. A word in a comment or a string counts too: better to ask once too often.
bool leaves_debris(std::string_view sql) {
  std::string lower(sql);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<std::string_view, 3> first{"call", "reindex", "cluster"};
  constexpr std::array<std::string_view, 2> anywhere{"concurrently", "commit"};
  return std::any_of(first.begin(), first.end(), [&](auto word) { return lower.starts_with(word); }) ||
         std::any_of(anywhere.begin(), anywhere.end(), [&](auto word) { return lower.find(word) != lower.npos; });
}

/// Where the server names no position, the whole statement is meant.
Place without_column(Place place) {
  place.column = place.caret = 0;
  return place;
}

/// In a call's SQL the line stays that of the call, and the excerpt shows what it sent.
Place place_in_call(const std::string& sql, Place call, std::optional<std::size_t> byte) {
  if (!byte) return without_column(call);
  const Place within = place_in(sql, *byte, call.file);
  call.excerpt = within.excerpt;
  call.caret = within.caret;
  return call;
}

/// The call's place, with what it sends.
Place called_at(Place call, const Place& within) {
  call.excerpt = within.excerpt;
  return call;
}

/// The whole message is one statement of the author.
void mark_statement(Message& message, Place place) {
  message.statements = {{.begin = 0, .end = message.text.size(), .place = std::move(place), .copies_in = !message.copies.empty()}};
}

Place place_in_statement(const Body& body, const Statement& statement, std::optional<std::size_t> byte) {
  const Place place = place_in_body(body, statement.begin + byte.value_or(0));
  return byte ? place : without_column(place);
}

}  // namespace

BareSession::BareSession(World& world, const Step& step) : Session(world, step) {
  world_->observer.step_started(step);
  world_->channel.exchange(plain(bare_begin_text(step)));
}

void BareSession::fail(Error error) {
  failure_ = std::move(error);
  throw HostCallFailed{*failure_};
}

/// Writes to the journal, whatever role a statement has taken on; without it nothing may go on.
Reply BareSession::note(const std::string& entries) {
  Reply reply = world_->channel.exchange(plain(journal_text(entries)));
  lost_ = lost_ || reply.lost;
  if (reply.lost) fail(lost_error(reply.failure));
  if (reply.failure) fail(make_step_error(*step_, *reply.failure, {.entry = 0, .part = Part::bookkeeping, .place = std::nullopt}));
  return reply;
}

std::string BareSession::entry_of_ended() const {
  return number_ > 0 && ended_ ? world_->bookkeeping.statement_done(*step_, number_) + ";\n" : "";
}

void BareSession::require_usable() {
  if (failure_) throw HostCallFailed{*failure_};
  if (world_->interrupted()) fail(dirty_ ? Error(Category::interrupted, "interrupted before it") : interrupted_before_error(*step_));
}

Reply BareSession::run_statement(const Message& message, const Locate& locate) {
  require_usable();
  const std::string ended = entry_of_ended();
  note(ended + world_->bookkeeping.statement_started(*step_, number_ + 1));
  ++number_;
  ended_ = false;
  Reply reply = world_->channel.exchange(message);
  lost_ = lost_ || reply.lost;
  if (reply.lost) fail(lost_error(reply.failure));
  if (!reply.failure) {
    ended_ = dirty_ = true;
    return reply;
  }
  const bool done_all_the_same = !reply.results.empty();   // what failed is the reading of its answer
  dirty_ = dirty_ || done_all_the_same || leaves_debris(message.text);
  if (world_->interrupted() && !dirty_) fail(interrupted_error(*step_));
  std::optional<std::size_t> byte;
  if (reply.failure->position > 0) byte = byte_offset_of_character(message.text, reply.failure->position - 1);
  fail(make_server_error(*reply.failure, locate(byte)));
}

void BareSession::run_piece(const Piece& piece) {
  std::size_t copy = 0;
  std::vector<Place> places = world_->watched ? places_of_statements(piece.body) : std::vector<Place>();
  for (std::size_t i = 0; i < piece.body.statements.size(); ++i) {
    const Statement& statement = piece.body.statements[i];
    Message message = plain(piece.body.text.substr(statement.begin, statement.end - statement.begin));
    if (statement.copies_in && copy < piece.body.copies.size()) message.copies.push_back(piece.body.copies[copy++]);
    const Locate locate = [&](std::optional<std::size_t> byte) {
      return piece.from_code() ? place_in_call(message.text, piece.call, byte) : place_in_statement(piece.body, statement, byte);
    };
    if (world_->watched) mark_statement(message, piece.from_code() ? called_at(piece.call, places[i]) : std::move(places[i]));
    const Reply reply = run_statement(message, locate);
    if (!piece.verifies || reply.results.empty() || reply.results.back().rows.empty()) continue;
    ended_ = false;
    fail(Error(Category::revision, "its verify step found a row").at(locate(std::nullopt)));
  }
}

void BareSession::execute(std::string sql, Place place) {
  require_usable();
  Piece piece{.body = {}, .call = place, .verifies = false};
  try {
    piece.body = parse_body(place.file, sql);
  } catch (Error& error) {
    error.recategorise(Category::revision).at(place);
    fail(std::move(error));
  }
  run_piece(piece);
}

Result BareSession::query(std::string sql, std::vector<Cell> parameters, Place place) {
  Message message = plain(std::move(sql));
  if (!parameters.empty()) message.parameters = std::move(parameters);
  message.most_answer_bytes = most_answer_bytes;
  if (world_->watched) mark_statement(message, called_at(place, place_in(message.text, 0, place.file)));
  Reply reply = run_statement(message, [&](std::optional<std::size_t> byte) { return place_in_call(message.text, place, byte); });
  return reply.results.empty() ? Result{} : std::move(reply.results.back());
}

void BareSession::savepoint(SavepointAction, Place place) {
  fail(Error(Category::revision, "it runs outside a transaction, where there are no savepoints").at(std::move(place)));
}

void BareSession::begin_copy_in(std::string, Place place) {
  fail(Error(Category::revision, "it runs outside a transaction, where a stream could not be undone: COPY is not offered there")
           .at(std::move(place)));
}

void BareSession::write_copy(std::string_view) { fail(Error(Category::revision, "no COPY is open")); }

std::uint64_t BareSession::end_copy_in(std::optional<std::string>) {
  fail(Error(Category::revision, "no COPY is open"));
}

void BareSession::begin_copy_out(std::string, Place place) {
  fail(Error(Category::revision, "it runs outside a transaction, where COPY is not offered; query() brings rows there")
           .at(std::move(place)));
}

std::string_view BareSession::read_copy() { fail(Error(Category::revision, "no COPY is open")); }

std::uint64_t BareSession::end_copy_out() { fail(Error(Category::revision, "no COPY is open")); }

std::chrono::milliseconds BareSession::finish() {
  if (failure_) throw HostCallFailed{*failure_};
  // The last result but COMMIT is the bookkeeping's.
  const Reply reply = note(entry_of_ended() + join(world_->bookkeeping.finish(*step_), ";\n"));
  world_->channel.exchange(plain(recovery_sql(world_->channel.in_transaction())));
  return reply.results.size() < 2 ? std::chrono::milliseconds(0) : read_duration(reply.results[reply.results.size() - 2]);
}

std::string BareSession::entry_of_failure(const Error& cause) const {
  if (!dirty_) return number_ == 0 ? world_->bookkeeping.failed(*step_, cause.message())
                                   : world_->bookkeeping.statement_failed(*step_, number_, true, cause.message());
  const std::size_t at = ended_ ? number_ + 1 : number_;
  return entry_of_ended() + world_->bookkeeping.statement_failed(*step_, at, false, cause.message());
}

Error BareSession::conclude(Error cause) {
  // A courtesy to whoever reads the journal: without it the statement that was started still stops the next run.
  if (cause.category() != Category::interrupted || number_ > 0) world_->channel.exchange(plain(entry_of_failure(cause)));
  const bool named = cause.category() == Category::interrupted || cause.category() == Category::history;
  if (!dirty_) return named ? cause : make_step_error(*step_, std::move(cause));
  Error error(Category::unfinished, fmt::format("{} stopped half-way at statement {}: {}", name_of(*step_->revision),
                                                ended_ ? number_ + 1 : number_, cause.message()));
  error.sqlstate(cause.sqlstate());
  if (cause.place()) error.at(*cause.place());
  error.detail("It runs outside a transaction, so what its statements did before stays.");
  return std::move(error.hint(way_out_of_unfinished(step_->revision->id)));
}

}  // namespace cairn
