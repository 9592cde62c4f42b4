#include "offline/step_section.hpp"

#include "base/text.hpp"
#include "engine/step_text.hpp"
#include "offline/preamble.hpp"
#include "offline/psql_text.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

std::string source_of(const Piece& piece) {
  return comment_line(piece.from_code() ? fmt::format("{}:{}", piece.call.file, piece.call.line) : piece.body.source);
}

std::string verifying(const Body& body, const Statement& statement) {
  const std::string_view sql = std::string_view(body.text).substr(statement.begin, statement.end - statement.begin);
  return escape_for_psql(make_verify_text(sql).text);
}

std::string piece_text(const Piece& piece) {
  if (piece.body.empty()) return "";
  if (!piece.verifies) return source_of(piece) + write_out(piece.body, SqlReader::psql);
  std::string text = source_of(piece);
  for (const Statement& statement : piece.body.statements) text += verifying(piece.body, statement);
  return text;
}

std::string transactional(const Work& work, const Bookkeeping& bookkeeping, std::chrono::milliseconds lock_timeout) {
  std::string text = begin_text(work.step, lock_timeout);
  for (const Piece& piece : work.pieces) text += piece_text(piece);
  return text + make_bookkeeping_text(bookkeeping, work.step).text + "COMMIT;\n";
}

/// Each statement between its journal entries; the entry of its end travels with that of the next one's beginning.
class BareText {
 public:
  BareText(const Work& work, const Bookkeeping& bookkeeping) : step_(work.step), bookkeeping_(bookkeeping) {
    text_ = bare_begin_text(step_) + ";\n";
    for (const Piece& piece : work.pieces) add(piece);
    text_ += journal_text(entry_of_last() + join(bookkeeping_.finish(step_), ";\n")) + ";\n" + std::string(role_reset_text());
  }

  std::string take() { return std::move(text_); }

 private:
  std::string entry_of_last() const { return number_ == 0 ? "" : bookkeeping_.statement_done(step_, number_) + ";\n"; }

  void add(const Piece& piece) {
    std::size_t copy = 0;
    if (!piece.body.empty()) text_ += source_of(piece);
    for (const Statement& statement : piece.body.statements) {
      const std::string ended = entry_of_last();
      text_ += journal_text(ended + bookkeeping_.statement_started(step_, ++number_)) + ";\n";
      text_ += piece.verifies ? verifying(piece.body, statement) : write_out(piece.body, statement, copy);
    }
  }

  const Step& step_;
  const Bookkeeping& bookkeeping_;
  std::size_t number_ = 0;
  std::string text_;
};

std::string_view word(Direction direction) { return direction == Direction::up ? "up" : "down"; }

}  // namespace

std::string heading_of(const Step& step) {
  const Revision& revision = *step.revision;
  std::string text = fmt::format("{} {}", word(step.direction), revision.id);
  return revision.message.empty() ? text : text + " " + revision.message;
}

std::string step_text(const Work& work, const Bookkeeping& bookkeeping, std::chrono::milliseconds lock_timeout) {
  const std::string text = work.step.revision->transactional ? transactional(work, bookkeeping, lock_timeout)
                                                             : BareText(work, bookkeeping).take();
  return text + std::string(cleanup_text()) + session_text();
}

std::string recorded_text(std::span<const Piece> pieces) {
  std::string text;
  for (const Piece& piece : pieces) text += source_of(piece) + write_out(piece.body, SqlReader::person);
  return text;
}

}  // namespace cairn
