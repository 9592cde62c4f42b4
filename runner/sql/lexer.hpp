#pragma once

#include "sql/scanner.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::sql {

/// Tokens of a text that may also hold what PostgreSQL's lexer cannot read: COPY data and psql commands.
///
/// It scans piece by piece, cut where such things may begin, so that they are seldom lexed at all. A cut is
/// only a guess: pieces end at line breaks, the last token of a piece is taken only if it cannot go on in the
/// next line, and a piece that fails is taken as far as it is good. Constructs the lexer is too old for
/// (1_000, 0x1F) become one token of kind `other`.
class Lexer {
 public:
  /// The text must outlive the lexer. It may be changed behind the last token read, followed by seek().
  explicit Lexer(const std::string& text) : text_(text) {}

  /// The next token that is not a comment; nothing at the end of the text. After a token of kind
  /// unterminated or unreadable the text counts as ended.
  std::optional<Token> next();

  /// Goes on reading at this byte, which must be outside quotes.
  void seek(std::size_t offset);

 private:
  void fill();
  std::size_t piece_end(std::size_t at_least);
  std::size_t next_copy_stop(std::size_t from);
  std::size_t next_command_stop(std::size_t from);
  bool accept(std::string piece, std::size_t end);
  bool accept_failed(const std::string& piece, const ScanFailure& failure, std::size_t end);
  bool accept_before(const std::string& piece, std::size_t failed_at, Token last);
  void push(const std::vector<Token>& tokens);

  const std::string& text_;
  std::vector<Token> tokens_;
  std::size_t index_ = 0;
  std::size_t position_ = 0;                       ///< where the next piece begins
  std::size_t copy_stop_ = 0;                      ///< found stops, kept so that no byte is searched twice
  std::size_t command_stop_ = 0;
  std::size_t command_search_ = 0;
};

/// True when the token is this word; `upper` is written in capitals.
bool is_word(std::string_view text, const Token& token, std::string_view upper);

/// The token's text in capitals (ASCII letters only).
std::string upper_text(std::string_view text, const Token& token);

}  // namespace cairn::sql
