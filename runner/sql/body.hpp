#pragma once

#include "base/error.hpp"
#include "sql/placeholder.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// One statement of a body. Offsets are bytes into the body's own text.
struct Statement {
  std::size_t begin = 0;        ///< first byte of its first token
  std::size_t end = 0;          ///< behind its last token, without the semicolon
  bool copies_in = false;       ///< COPY ... FROM STDIN: consumes the next block of copies
};

/// Where the value of a placeholder stands in a text.
struct ValueSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The SQL of one file or of one execute() call, cut into statements as psql would cut it.
/// `text` is what is sent: equal to the source byte by byte, except that inline COPY data and
/// pg_dump's \restrict lines are blanked out (line breaks kept, so that lines still agree).
struct Body {
  std::string source;                 ///< file name for messages
  std::string text;
  std::vector<Statement> statements;
  std::vector<std::string> copies;    ///< inline data blocks, without the closing \.
  std::vector<Placeholder> placeholders;   ///< in the order of the author's text

  // Filled by substitute():
  std::string written;                ///< `text` before values were put in; placeholders point into it
  std::vector<ValueSpan> values;      ///< of the placeholders, in `text`

  bool empty() const { return statements.empty(); }
};

/// Cuts SQL by the rules of psql: quotes, dollar quotes, nested comments, parentheses, BEGIN ATOMIC.
/// Throws one Error (category revision for code, plugin for files: the caller recategorises) carrying every
/// problem with its place: unterminated quotes and comments, transaction control, COPY ... TO STDOUT,
/// meta-commands, invalid UTF-8. What the lexer does not know is left to the server.
Body parse_body(std::string source, std::string_view sql);

/// A literal that means the same under every setting: 'it''s' or E'a\\b'.
std::string quote_literal(std::string_view text);

/// "name", quotes doubled.
std::string quote_identifier(std::string_view name);

}  // namespace cairn
