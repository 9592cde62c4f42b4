#include "offline/psql_text.hpp"

#include "base/text.hpp"
#include "sql/lexer.hpp"

#include <algorithm>
#include <cctype>

namespace cairn {

namespace {

constexpr std::size_t longest_line = 500;

/// What psql would read as the beginning of a variable, directly behind a colon.
bool begins_variable(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80 || c == '_' || c == '\'' || c == '"' || c == '{';
}

bool is_closed(const Body& body) {
  sql::Lexer lexer(body.text);
  lexer.seek(body.statements.back().end);
  return lexer.next().has_value();   // nothing but its semicolon can stand behind the last statement
}

std::string one_line(std::string_view text) {
  std::string line = printable(text, longest_line);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

/// The end of a body's last statement. A comment may stand where the semicolon is to go.
void close_statement(const Body& body, std::string& text) {
  const std::size_t after = body.text.find_first_not_of(" \t\r\n", body.statements.back().end);
  if (is_closed(body)) {
    if (!text.ends_with('\n')) text += '\n';
    return;
  }
  while (text.ends_with('\n') || text.ends_with(' ')) text.pop_back();
  text += after == body.text.npos ? ";\n" : "\n;\n";
}

/// Puts a body together again, whose text has line breaks where its COPY data were.
class BodyWriter {
 public:
  BodyWriter(const Body& body, SqlReader reader) : body_(body), reader_(reader) {}

  std::string write() {
    std::size_t copy = 0;
    for (const Statement& statement : body_.statements)
      if (statement.copies_in && copy < body_.copies.size()) put_data(statement.end, body_.copies[copy++]);
    put_text(body_.text.size());
    if (!body_.empty()) close_statement(body_, text_);
    return std::move(text_);
  }

 private:
  void put_text(std::size_t end) {
    if (end <= done_) return;
    const std::string part = body_.text.substr(done_, end - done_);
    text_ += reader_ == SqlReader::psql ? escape_for_psql(part) : part;
    done_ = end;
  }

  /// Data begin below the line of the COPY; those of a second COPY in that line follow the first.
  void put_data(std::size_t statement_end, const std::string& data) {
    const std::size_t line_end = std::min(body_.text.find('\n', statement_end), body_.text.size());
    put_text(std::min(line_end + 1, body_.text.size()));
    text_ += data + "\\.";
    done_ += static_cast<std::size_t>(std::count(data.begin(), data.end(), '\n'));
    // The line break behind the \. is still there, unless the text ended with it.
    if (done_ >= body_.text.size()) text_ += '\n';
    else put_text(done_ + 1);
  }

  const Body& body_;
  SqlReader reader_;
  std::string text_;
  std::size_t done_ = 0;
};

}  // namespace

std::string escape_for_psql(const std::string& sql) {
  std::string escaped;
  std::size_t copied = 0;
  sql::Lexer lexer(sql);
  while (const auto token = lexer.next()) {
    const bool colon = token->kind == sql::TokenKind::other && token->end - token->begin == 1 && sql[token->begin] == ':';
    if (!colon || token->end >= sql.size() || !begins_variable(sql[token->end])) continue;
    escaped.append(sql, copied, token->begin - copied).append("\\");
    copied = token->begin;
  }
  return escaped.append(sql, copied);
}

std::string write_out(const Body& body, SqlReader reader) { return BodyWriter(body, reader).write(); }

std::string write_out(const Body& body, const Statement& statement, std::size_t& copy) {
  std::string text = escape_for_psql(body.text.substr(statement.begin, statement.end - statement.begin)) + ";\n";
  if (statement.copies_in && copy < body.copies.size()) text += body.copies[copy++] + "\\.\n";
  return text;
}

std::string comment_line(std::string_view text) { return "-- " + one_line(text) + "\n"; }

std::string quote_for_echo(std::string_view text) {
  std::string quoted = "'";
  for (const char c : one_line(text)) quoted += c == '\'' ? std::string("''") : c == '\\' ? "\\\\" : std::string(1, c);
  return quoted + "'";
}

}  // namespace cairn
