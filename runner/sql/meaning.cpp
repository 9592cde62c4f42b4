#include "sql/meaning.hpp"

#include "sql/body.hpp"
#include "sql/lexer.hpp"

namespace cairn {

namespace {

// What stands in front of a measured text, which begins with a digit.
constexpr char statement_mark = ';';
constexpr char copy_mark = 'c';
constexpr char bytes_mark = 'b';

/// As the server does with words that are not quoted, ASCII letters only.
std::string folded(std::string word) {
  for (char& c : word)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return word;
}

class MeaningWriter {
 public:
  explicit MeaningWriter(const Body& body) : body_(body) {}

  std::string write() {
    sql::Lexer lexer(body_.text);
    while (const auto token = lexer.next()) take(*token);
    for (const std::string& data : body_.copies) meaning_ += copy_mark + measured(data);
    return std::move(meaning_);
  }

 private:
  void take(const sql::Token& token) {
    const Statement* const statement = statement_at(token);
    if (statement == nullptr) return;   // a semicolon
    if (statement->begin == token.begin) meaning_ += statement_mark;
    const Placeholder* const placeholder = placeholder_at(token);
    if (placeholder == nullptr)
      meaning_ += measured(token.kind == sql::TokenKind::word ? folded(text_of(token)) : text_of(token));
    else if (placeholder->begin == token.begin)   // one word: a blank in it would make it something else
      meaning_ += measured(text_of(*placeholder));
  }

  const Statement* statement_at(const sql::Token& token) {
    while (statement_ < body_.statements.size() && body_.statements[statement_].end <= token.begin) ++statement_;
    return statement_ < body_.statements.size() && body_.statements[statement_].begin <= token.begin ? &body_.statements[statement_]
                                                                                                     : nullptr;
  }

  const Placeholder* placeholder_at(const sql::Token& token) {
    const std::vector<Placeholder>& all = body_.placeholders;
    while (placeholder_ < all.size() && all[placeholder_].end <= token.begin) ++placeholder_;
    return placeholder_ < all.size() && all[placeholder_].begin <= token.begin ? &all[placeholder_] : nullptr;
  }

  template <class Span>
  std::string text_of(const Span& span) const {
    return body_.text.substr(span.begin, span.end - span.begin);
  }

  const Body& body_;
  std::size_t statement_ = 0;     // the first that has not ended
  std::size_t placeholder_ = 0;
  std::string meaning_;
};

}  // namespace

std::string measured(std::string_view text) { return std::to_string(text.size()) + ":" + std::string(text); }

std::string meaning_of(std::string_view sql) {
  try {
    return MeaningWriter(parse_body("", sql)).write();
  } catch (const Error&) {
    return bytes_mark + measured(sql);
  }
}

}  // namespace cairn
