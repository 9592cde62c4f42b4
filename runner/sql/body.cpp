#include "sql/body.hpp"

#include "base/text.hpp"
#include "sql/lexer.hpp"
#include "sql/meta_command.hpp"
#include "sql/open_statement.hpp"
#include "sql/transaction_control.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace cairn {

namespace {

using sql::MetaCommand;
using sql::OpenStatement;
using sql::Token;
using sql::TokenKind;

constexpr std::size_t most_problems = 100;

std::string describe_unterminated(std::string_view text) {
  if (text.starts_with("/*")) return "this comment is never closed";
  if (text.starts_with('"') || text.substr(1).starts_with("&\"")) return "this quoted name is never closed";
  if (text.starts_with('$'))
    return fmt::format("the dollar quote {} is never closed", printable(text.substr(0, text.find('$', 1) + 1), 70));
  return "this quoted string is never closed";
}

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Every offset into the text that the body holds, in order.
std::vector<std::size_t*> offsets_of(Body& body) {
  std::vector<std::size_t*> offsets;
  for (Statement& statement : body.statements) offsets.insert(offsets.end(), {&statement.begin, &statement.end});
  for (Placeholder& placeholder : body.placeholders) offsets.insert(offsets.end(), {&placeholder.begin, &placeholder.end});
  std::stable_sort(offsets.begin(), offsets.end(), [](const std::size_t* a, const std::size_t* b) { return *a < *b; });
  return offsets;
}

/// Cuts one text. `text_` keeps the length of the source until the end, so that offsets agree with it.
class BodyParser {
 public:
  BodyParser(std::string source, std::string_view sql)
      : source_(std::move(source)), sql_(sql), text_(sql), lexer_(text_), placeholders_(text_), statement_(text_) {}

  Body parse();

 private:
  Error& problem(std::size_t offset, std::string message);
  void check_encoding();
  void take(const Token& token);
  void take_unreadable(const Token& token);
  void take_meta_command(const Token& backslash);
  void end_statement(std::size_t behind);
  void take_copy_data(std::size_t behind_semicolon);
  void end_text();
  void blank(Span span);
  void leave_out_blanked();

  std::string source_;
  std::string_view sql_;
  std::string text_;
  sql::Lexer lexer_;
  sql::PlaceholderFinder placeholders_;
  OpenStatement statement_;
  Body body_;
  std::vector<Span> blanked_;
  Span last_copy_;                      ///< of the same line: their data follow one another
  bool unreadable_ = false;
  std::vector<Error> problems_;
};

Error& BodyParser::problem(std::size_t offset, std::string message) {
  Place place = place_in(sql_, offset, source_);
  if (!is_valid_utf8(place.excerpt)) place.excerpt.clear();
  problems_.push_back(Error(Category::plugin, std::move(message)).at(std::move(place)));
  return problems_.back();
}

Body BodyParser::parse() {
  check_encoding();
  throw_all(std::move(problems_));
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (sql_.starts_with(byte_order_mark)) blank({0, byte_order_mark.size()});
  while (problems_.size() < most_problems) {
    const std::optional<Token> token = lexer_.next();
    if (!token) break;
    take(*token);
  }
  end_text();
  throw_all(std::move(problems_));
  leave_out_blanked();
  body_.source = std::move(source_);
  body_.text = std::move(text_);
  return std::move(body_);
}

void BodyParser::check_encoding() {
  const std::optional<std::size_t> invalid = find_invalid_byte(sql_);
  if (!invalid) return;
  if (sql_[*invalid] == '\0') problem(*invalid, "the text holds a NUL character").hint("Save the file as UTF-8 text.");
  else problem(*invalid, fmt::format("the text is not valid UTF-8: byte 0x{:02x}",
                                     static_cast<unsigned>(static_cast<unsigned char>(sql_[*invalid]))))
           .hint("Save the file as UTF-8.");
}

void BodyParser::take(const Token& token) {
  if (auto placeholder = placeholders_.take(token)) body_.placeholders.push_back(std::move(*placeholder));
  if (token.kind == TokenKind::unterminated || token.kind == TokenKind::unreadable) {
    take_unreadable(token);
  } else if (token.kind == TokenKind::backslash) {
    take_meta_command(token);
  } else if (statement_.take(token) == OpenStatement::Taken::ends) {
    end_statement(token.end);
  }
}

void BodyParser::take_unreadable(const Token& token) {
  unreadable_ = true;
  if (token.kind == TokenKind::unterminated)
    problem(token.begin, describe_unterminated(std::string_view(text_).substr(token.begin))).hint("Close it.");
  else
    problem(token.begin, "the text cannot be cut into statements from here on")
        .hint("Write the constants here in plain characters, without escapes.");
}

void BodyParser::take_meta_command(const Token& backslash) {
  const MetaCommand command = sql::read_meta_command(text_, backslash.begin);
  if (command.harmless)
    blank({backslash.begin, command.end});
  else
    problem(backslash.begin, fmt::format("\\{} is a command of psql, not SQL", command.name)).hint(way_out(command));
  lexer_.seek(command.end);
  if (command.ends_statement) end_statement(command.end);
}

void BodyParser::end_statement(std::size_t behind) {
  const OpenStatement statement = std::exchange(statement_, OpenStatement(text_));
  if (statement.empty()) return;
  body_.statements.push_back({statement.begin(), statement.end(), statement.copies_in()});
  if (const auto control = sql::find_transaction_control(statement.leading_words()))
    problem(statement.begin(), fmt::format("{} is not allowed in a revision", *control))
        .hint("Remove it: Cairn runs each revision in a transaction of its own. What cannot run inside a "
              "transaction goes into a revision with transaction = none.");
  if (const std::string_view releasing = statement.releases_locks(); !releasing.empty())
    problem(statement.begin(), fmt::format("{} is not allowed in a revision", releasing))
        .hint("Remove it: it would release the lock that keeps other runners away. Cairn resets the session after "
              "each revision; a lock of your own is released with pg_advisory_unlock(key).");
  if (statement.copies_out())
    problem(statement.begin(), "COPY ... TO STDOUT is not allowed in a revision: nobody reads its rows")
        .hint("Remove it; to keep the rows, write CREATE TABLE ... AS SELECT. C++ code reads them with copy_out().");
  if (statement.copies_in()) take_copy_data(behind);
}

/// The data begin in the line below, whatever follows the semicolon in its own line; a second COPY of the same
/// line reads on behind the first.
void BodyParser::take_copy_data(std::size_t behind_semicolon) {
  const std::size_t line_end = std::min(text_.find('\n', behind_semicolon), text_.size());
  std::size_t begin = std::min(line_end + 1, text_.size());
  if (last_copy_.begin == begin && last_copy_.end > begin) begin = last_copy_.end;
  for (std::size_t line = begin; line < text_.size();) {
    const std::size_t end = std::min(text_.find('\n', line), text_.size());
    const std::string_view content = std::string_view(text_).substr(line, end - line);
    if (content == "\\." || content == "\\.\r") {
      body_.copies.push_back(text_.substr(begin, line - begin));
      last_copy_ = {std::min(line_end + 1, text_.size()), std::min(end + 1, text_.size())};
      blank({begin, end});
      return lexer_.seek(behind_semicolon);
    }
    line = end + 1;
  }
  problem(body_.statements.back().begin, "the data of this COPY ... FROM stdin never end")
      .hint("Write the data in the lines below the semicolon and end them with a line that holds just \\. (a "
            "backslash and a period).");
  unreadable_ = true;
  lexer_.seek(text_.size());
}

void BodyParser::end_text() {
  if (unreadable_ || problems_.size() >= most_problems) return;
  if (const auto open = statement_.open_parenthesis())
    problem(*open, "this parenthesis is never closed").hint("Close it; the statement ends at a semicolon outside it.");
  else if (const auto body = statement_.open_body())
    problem(*body, "BEGIN ATOMIC without its END").hint("End the body with END;");
  else
    end_statement(text_.size());
}

void BodyParser::blank(Span span) {
  for (std::size_t i = span.begin; i < span.end; ++i)
    if (text_[i] != '\n') text_[i] = ' ';
  blanked_.push_back(span);
}

/// Drops the blanked bytes, line breaks excepted: inline data may be large and are sent once already.
void BodyParser::leave_out_blanked() {
  if (blanked_.empty()) return;
  std::sort(blanked_.begin(), blanked_.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  std::string shorter;
  shorter.reserve(text_.size());
  std::size_t copied = 0;
  const std::vector<std::size_t*> offsets = offsets_of(body_);
  auto next = offsets.begin();   // the first one not yet moved
  const auto move_until = [&](std::size_t end) {
    for (; next != offsets.end() && **next <= end; ++next) **next = shorter.size() + (**next - copied);
    shorter.append(text_, copied, end - copied);
    copied = end;
  };
  for (const Span& span : blanked_) {
    move_until(span.begin);
    shorter.append(static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(span.begin),
                                                       text_.begin() + static_cast<std::ptrdiff_t>(span.end), '\n')),
                   '\n');
    copied = span.end;
  }
  move_until(text_.size());
  text_ = std::move(shorter);
}

}  // namespace

Body parse_body(std::string source, std::string_view sql) { return BodyParser(std::move(source), sql).parse(); }

}  // namespace cairn
