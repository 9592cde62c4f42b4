#include "engine/script.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace cairn {

namespace {

// What a revision may have left behind in the session. Never DISCARD ALL: it would drop the runner lock.
constexpr std::string_view cleanup = "RESET ALL; DISCARD TEMP; DEALLOCATE ALL; CLOSE ALL; UNLISTEN *;\n";
constexpr std::size_t cleanup_statements = 5;

/// True for what can stand in FROM ( … ): such a statement of a verify step must answer no rows.
bool is_query(std::string_view statement) {
  for (const std::string_view word : {"select", "with", "values", "table"}) {
    if (statement.size() <= word.size()) continue;
    const bool same = std::equal(word.begin(), word.end(), statement.begin(), [](char a, char b) {
      return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
    });
    if (same && std::isalnum(static_cast<unsigned char>(statement[word.size()])) == 0) return true;
  }
  return false;
}

/// A row answered by a verify query must fail inside the server, since COMMIT is already on its way.
std::string raise_on_rows_front() {
  return "SELECT CAST('cairn: verify found ' OPERATOR(pg_catalog.||) pg_catalog.row_to_json(found)::pg_catalog.text "
         "AS pg_catalog.int4) FROM (\n";
}

std::string begin_sql(const Step& step, std::chrono::milliseconds lock_timeout) {
  return fmt::format(
      "BEGIN;\nSELECT pg_catalog.set_config('application_name', {}, true), pg_catalog.set_config('lock_timeout', '{}ms', true), "
      "pg_catalog.set_config('{}', pg_catalog.clock_timestamp()::pg_catalog.text, true);\n",
      quote_literal("cairn " + step.revision->id), lock_timeout.count(), started_setting);
}

bool is_tag(const Result& result, std::string_view tag) { return result.tag == tag; }

}  // namespace

std::string recovery_sql(bool in_transaction) {
  return (in_transaction ? std::string("ROLLBACK; ") : std::string()) + "RESET SESSION AUTHORIZATION; " + std::string(cleanup);
}

void Script::append(Part part, std::size_t statements, const std::string& text) {
  segments_.push_back({part, steps_, text_.size(), text_.size() + text.size(), statements, {}, {}});
  text_ += text;
}

void Script::add_step(const Step& step, const std::vector<Piece>& pieces, std::chrono::milliseconds lock_timeout) {
  open(step, lock_timeout);
  for (const Piece& piece : pieces) add_piece(piece);
  close(step);
}

void Script::open(const Step& step, std::chrono::milliseconds lock_timeout) {
  append(Part::begin, 2, begin_sql(step, lock_timeout));
}

void Script::add_piece(const Piece& piece) {
  if (piece.body.empty()) return;
  std::vector<std::size_t> starts;
  std::string text;
  const std::string_view source = piece.body.text;
  if (piece.verifies) {
    for (const Statement& statement : piece.body.statements) {
      const std::string_view sql = source.substr(statement.begin, statement.end - statement.begin);
      const bool query = is_query(sql);
      if (query) text += raise_on_rows_front();
      starts.push_back(text_.size() + text.size());
      text += sql;
      text += query ? "\n) AS found LIMIT 1;\n" : "\n;\n";
    }
  } else {
    for (const Statement& statement : piece.body.statements) starts.push_back(text_.size() + statement.begin);
    text = std::string(source) + "\n;\n";   // the last statement may lack its semicolon, or end in a comment
  }
  append(Part::piece, piece.body.statements.size(), text);
  segments_.back().piece = piece;
  segments_.back().starts = std::move(starts);
  copies_.insert(copies_.end(), piece.body.copies.begin(), piece.body.copies.end());
}

void Script::close(const Step& step) {
  // A role that the revision took on must not decide whether we may write our own rows.
  append(Part::bookkeeping, 2, "RESET SESSION AUTHORIZATION;\n" + bookkeeping_->finish(step) + ";\n");
  append(Part::commit, 1, "COMMIT;\n");
  append(Part::cleanup, cleanup_statements, std::string(cleanup));
  ++steps_;
}

Message Script::message() const {
  return Message{.text = text_, .copies = {copies_.begin(), copies_.end()}, .parameters = std::nullopt};
}

std::vector<std::chrono::milliseconds> Script::durations(const Reply& reply) const {
  std::vector<std::chrono::milliseconds> list;
  for (std::size_t i = 1; i < reply.results.size(); ++i) {
    if (!is_tag(reply.results[i], "COMMIT")) continue;
    const Result& answer = reply.results[i - 1];
    const bool told = !answer.rows.empty() && !answer.rows[0].empty() && answer.rows[0][0];
    list.emplace_back(told ? std::stol(*answer.rows[0][0]) : 0);
  }
  return list;
}

const Script::Segment* Script::segment_at(std::size_t byte) const {
  for (const Segment& segment : segments_)
    if (byte >= segment.begin && byte < segment.end) return &segment;
  return nullptr;
}

Fault Script::fault_in(const Segment& segment, std::optional<std::size_t> statement, std::optional<std::size_t> byte) const {
  Fault fault{.entry = segment.entry, .part = segment.part, .place = std::nullopt};
  if (segment.part != Part::piece) return fault;
  const Piece& piece = segment.piece;
  // The statement of a position is the last one that starts at or before it.
  if (byte)
    statement = static_cast<std::size_t>(std::upper_bound(segment.starts.begin(), segment.starts.end(), *byte) -
                                         segment.starts.begin());
  if (byte && statement) statement = *statement == 0 ? 0 : *statement - 1;
  if (!statement || *statement >= segment.starts.size()) return fault;
  const std::size_t start = piece.body.statements[*statement].begin;
  const std::size_t within = byte && *byte > segment.starts[*statement] ? *byte - segment.starts[*statement] : 0;
  Place place = place_in(piece.body.text, start + within, piece.body.source);
  if (!byte) place.column = place.caret = 0;
  if (piece.from_code()) {
    place.file = piece.call.file;
    place.line = piece.call.line;
    place.column = 0;
  }
  fault.place = std::move(place);
  return fault;
}

Fault Script::locate(const Reply& reply) const {
  if (reply.failure && reply.failure->position > 0) {
    const std::size_t byte = byte_offset_of_character(text_, reply.failure->position - 1);
    if (const Segment* segment = segment_at(byte)) return fault_in(*segment, std::nullopt, byte);
  }
  // Count from the last COMMIT, so that a statement that gave more or fewer results than its lexer's
  // count misplaces nothing but the line inside its own step.
  const std::size_t done = durations(reply).size();
  std::size_t since = reply.results.size();
  for (std::size_t i = 0; i < reply.results.size(); ++i)
    if (is_tag(reply.results[i], "COMMIT")) since = reply.results.size() - i - 1;
  if (done > 0) since -= std::min(since, cleanup_statements);
  for (const Segment& segment : segments_) {
    if (segment.entry < done || segment.part == Part::cleanup) continue;
    if (since < segment.statements) return fault_in(segment, since, std::nullopt);
    since -= segment.statements;
  }
  return Fault{.entry = std::min(done, steps_ == 0 ? 0 : steps_ - 1), .part = Part::commit, .place = std::nullopt};
}

}  // namespace cairn
