#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cairn::sql {

enum class TokenKind {
  word,           ///< keyword or unquoted name
  name,           ///< quoted name
  string,         ///< any quoted constant: '', E'', U&'', B'', X'', dollar quotes
  comment,        ///< -- to the end of the line; block comments are `block`
  block,          ///< /* ... */
  open,
  close,
  dot,
  semicolon,
  backslash,      ///< outside quotes: where psql reads a command of its own
  other,
  unterminated,   ///< a quote or comment that never ends; begins here
  unreadable,     ///< the lexer gave up here; boundaries behind it are not known
};

/// Offsets are bytes.
struct Token {
  TokenKind kind = TokenKind::other;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Why PostgreSQL's lexer stopped. It tells no place for bytes that an E'\xNN' escape makes up.
struct ScanFailure {
  std::string message;
  std::optional<std::size_t> offset;

  bool unterminated() const { return message.starts_with("unterminated"); }
};

struct Scan {
  std::vector<Token> tokens;            ///< empty after a failure
  std::optional<ScanFailure> failure;
};

/// PostgreSQL's own lexer (libpg_query) over one piece of SQL: valid UTF-8 without NUL characters.
/// Standard strings are read with standard_conforming_strings on, the default of every supported server.
/// libpg_query redirects stderr while it scans: what another thread prints meanwhile is lost.
Scan scan(const std::string& sql);

}  // namespace cairn::sql
