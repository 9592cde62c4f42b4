#include "engine/script.hpp"

#include "base/text.hpp"
#include "engine/step_text.hpp"
#include "sql/substitution.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace cairn {

namespace {

/// Of a step, not of the clean-up behind it.
bool is_commit(const std::vector<Result>& results, std::size_t i) {
  return results[i].tag == "COMMIT" && i > 0 && results[i - 1].tag != last_tag_of_cleanup;
}

/// What the verify texts end with.
constexpr std::string_view end_of_statement = ";\n";

/// In a call's SQL the line is that of the call, and the excerpt shows what it sent.
Place place_of_call(Place within, const Place& call) {
  within.file = call.file;
  within.line = call.line;
  within.column = 0;
  return within;
}

}  // namespace

std::chrono::milliseconds read_duration(const Result& answer) {
  const bool told = !answer.rows.empty() && !answer.rows[0].empty() && answer.rows[0][0];
  std::int64_t count = 0;
  if (told) std::from_chars(answer.rows[0][0]->data(), answer.rows[0][0]->data() + answer.rows[0][0]->size(), count);
  return std::chrono::milliseconds(count);
}

std::string recovery_sql(bool in_transaction) {
  return (in_transaction ? std::string("ROLLBACK; ") : std::string()) + std::string(role_reset_text()) + std::string(cleanup_text());
}

void Script::append(Part part, std::size_t statements, const std::string& text) {
  segments_.push_back({part, steps_, text_.size(), text_.size() + text.size(), statements, {}, {}, {}});
  text_ += text;
}

void Script::add_step(const Step& step, const std::vector<Piece>& pieces, std::chrono::milliseconds lock_timeout) {
  open(step, lock_timeout);
  for (const Piece& piece : pieces) add_piece(piece);
  close(step);
}

void Script::open(const Step& step, std::chrono::milliseconds lock_timeout) {
  append(Part::begin, begin_statements, begin_text(step, lock_timeout));
}

void Script::add_piece(const Piece& piece) {
  if (piece.body.empty()) return;
  append(Part::piece, piece.body.statements.size(), "");
  Segment& segment = segments_.back();
  segment.piece = piece;
  if (piece.verifies) {
    for (const Statement& statement : piece.body.statements) add_verifying(segment, statement);
  } else {
    for (const Statement& statement : piece.body.statements) segment.starts.push_back(text_.size() + statement.begin);
    text_ += piece.body.text + "\n;\n";   // the last statement may lack its semicolon, or end in a comment
  }
  segment.end = text_.size();
  copies_.insert(copies_.end(), piece.body.copies.begin(), piece.body.copies.end());
}

void Script::add_verifying(Segment& segment, const Statement& statement) {
  const std::string sql = segment.piece.body.text.substr(statement.begin, statement.end - statement.begin);
  const VerifyText verifying = make_verify_text(sql);
  segment.starts.push_back(text_.size() + verifying.start);
  text_ += verifying.text;
  segment.ends.push_back(text_.size());
}

void Script::close(const Step& step) {
  const BookkeepingText books = make_bookkeeping_text(*bookkeeping_, step);
  append(Part::bookkeeping, books.statements, books.text);
  append(Part::commit, 1, "COMMIT;\n");
  append(Part::cleanup, cleanup_statements, std::string(cleanup_text()));
  ++steps_;
}

Message Script::message(Marks marks) const {
  Message message{.text = text_, .copies = {copies_.begin(), copies_.end()}, .parameters = std::nullopt};
  if (marks == Marks::none) return message;
  for (const Segment& segment : segments_)
    if (segment.part == Part::piece) mark_statements(segment, message.statements);
  return message;
}

void Script::mark_statements(const Segment& segment, std::vector<AuthoredStatement>& marks) {
  const Piece& piece = segment.piece;
  std::vector<Place> places = places_of_statements(piece.body);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Statement& statement = piece.body.statements[i];
    AuthoredStatement mark{.begin = segment.starts[i],
                           .end = segment.starts[i] + (statement.end - statement.begin),
                           .place = piece.from_code() ? place_of_call(std::move(places[i]), piece.call) : std::move(places[i]),
                           .copies_in = statement.copies_in};
    if (piece.verifies) {
      mark.begin = i == 0 ? segment.begin : segment.ends[i - 1];
      mark.end = segment.ends[i] - end_of_statement.size();
    }
    marks.push_back(std::move(mark));
  }
}

std::vector<std::chrono::milliseconds> Script::durations(const Reply& reply) const {
  std::vector<std::chrono::milliseconds> list;
  for (std::size_t i = 1; i < reply.results.size(); ++i)
    if (is_commit(reply.results, i)) list.push_back(read_duration(reply.results[i - 1]));
  return list;
}

const Script::Segment* Script::segment_at(std::size_t byte) const {
  for (const Segment& segment : segments_)
    if (byte >= segment.begin && byte < segment.end) return &segment;
  return nullptr;
}

/// The statement of a position is the last one that starts at or before it.
std::size_t Script::statement_at(const Segment& segment, std::size_t byte) {
  const auto behind = std::upper_bound(segment.starts.begin(), segment.starts.end(), byte);
  return behind == segment.starts.begin() ? 0 : static_cast<std::size_t>(behind - segment.starts.begin()) - 1;
}

Fault Script::fault_in(const Segment& segment, std::optional<std::size_t> statement, std::optional<std::size_t> byte) {
  Fault fault{.entry = segment.entry, .part = segment.part, .place = std::nullopt};
  if (segment.part != Part::piece) return fault;
  const Piece& piece = segment.piece;
  if (byte) statement = statement_at(segment, *byte);
  if (!statement || *statement >= segment.starts.size()) return fault;
  const std::size_t start = piece.body.statements[*statement].begin;
  const std::size_t within = byte && *byte > segment.starts[*statement] ? *byte - segment.starts[*statement] : 0;
  Place place = place_in_body(piece.body, start + within);
  if (!byte) place.column = place.caret = 0;
  fault.place = piece.from_code() ? place_of_call(std::move(place), piece.call) : std::move(place);
  return fault;
}

Fault Script::locate(const Reply& reply) const {
  if (reply.failure && reply.failure->position > 0) {
    const std::size_t byte = byte_offset_of_character(text_, reply.failure->position - 1);
    if (const Segment* segment = segment_at(byte)) return fault_in(*segment, std::nullopt, byte);
  }
  // Count from the last COMMIT, so that a statement that gave more or fewer results than its lexer's
  // count misplaces nothing but the line inside its own step.
  std::size_t done = 0;
  std::size_t since = reply.results.size();
  for (std::size_t i = 0; i < reply.results.size(); ++i) {
    if (!is_commit(reply.results, i)) continue;
    ++done;
    since = reply.results.size() - i - 1;
  }
  return locate_by_count(done, since);
}

Fault Script::locate_by_count(std::size_t done, std::size_t since) const {
  for (const Segment& segment : segments_) {
    const bool behind_last_commit = segment.entry >= done || (segment.part == Part::cleanup && segment.entry + 1 == done);
    if (!behind_last_commit) continue;
    if (since < segment.statements) return fault_in(segment, since, std::nullopt);
    since -= segment.statements;
  }
  return Fault{.entry = std::min(done, steps_ == 0 ? 0 : steps_ - 1), .part = Part::commit, .place = std::nullopt};
}

}  // namespace cairn
