#include "lint/hazard_words.hpp"

#include "base/text.hpp"
#include "sql/classify.hpp"
#include "sql/lexer.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cairn {

namespace {

/// Of an INSERT with thousands of rows nothing is wanted but its beginning.
constexpr std::size_t most_tokens = 4096;

/// Between the command and the name of the relation.
constexpr std::array<std::string_view, 5> before_name{"TABLE", "IF", "EXISTS", "ONLY", "FROM"};

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_plain(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const auto more = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), more);
}

/// A name as the server would print it: in lower case, or quoted where it has to be.
std::string printed_name(std::string_view text, const sql::Token& token) {
  std::string name(text.substr(token.begin, token.end - token.begin));
  if (token.kind == sql::TokenKind::name) {
    const std::string bare = name.size() > 2 ? name.substr(1, name.size() - 2) : name;
    return is_plain(bare) ? bare : name;
  }
  std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return name;
}

class WordReader {
 public:
  explicit WordReader(const std::string& text) : text_(text) {}

  HazardWords read() {
    sql::Lexer lexer(text_);
    for (std::size_t count = 0; count < most_tokens; ++count) {
      const auto token = lexer.next();
      if (!token) break;
      take(*token);
    }
    finish_name();
    found_.command = command();
    if (found_.command == "ALTER TABLE") found_.actions.push_back(action_);
    return std::move(found_);
  }

 private:
  std::string command() const {
    Body body;
    body.text = text_;
    return first_words(body, Statement{.begin = 0, .end = text_.size()});
  }

  static bool is_name(const sql::Token& token) {
    return token.kind == sql::TokenKind::word || token.kind == sql::TokenKind::name;
  }

  void take(const sql::Token& token) {
    if (token.kind == sql::TokenKind::open) ++depth_;
    if (token.kind == sql::TokenKind::close) --depth_;
    if (depth_ > 0 || token.kind == sql::TokenKind::close) return finish_name();
    take_name(token);
    const bool comma = text_.compare(token.begin, token.end - token.begin, ",") == 0;
    if (comma) found_.actions.push_back(std::exchange(action_, {}));
    if (token.kind != sql::TokenKind::word) return;
    found_.words.push_back(sql::upper_text(text_, token));
    action_.push_back(found_.words.back());
  }

  /// The first name behind the command, and those behind commas of a TRUNCATE.
  void take_name(const sql::Token& token) {
    const bool dot = token.kind == sql::TokenKind::dot;
    if (naming_ && (dot || (dotted_ && is_name(token)))) {
      name_ += dot ? "." : printed_name(text_, token);
      dotted_ = dot;
      return;
    }
    finish_name();
    const bool wanted = found_.targets.empty() || (holds(found_.words, "TRUNCATE") && after_comma_);
    after_comma_ = text_.compare(token.begin, token.end - token.begin, ",") == 0;
    if (found_.words.empty() || !wanted || !is_name(token) || is_before_name(token)) return;
    naming_ = true;
    name_ = printed_name(text_, token);
  }

  bool is_before_name(const sql::Token& token) const {
    if (token.kind == sql::TokenKind::name) return false;
    return std::find(before_name.begin(), before_name.end(), sql::upper_text(text_, token)) != before_name.end();
  }

  void finish_name() {
    if (std::exchange(naming_, false)) found_.targets.push_back(std::exchange(name_, {}));
    dotted_ = false;
  }

  const std::string& text_;
  HazardWords found_;
  std::vector<std::string> action_;
  std::string name_;
  bool naming_ = false;
  bool dotted_ = false;
  bool after_comma_ = false;
  int depth_ = 0;
};

}  // namespace

bool HazardWords::has(std::string_view word) const { return holds(words, word); }

HazardWords read_hazard_words(const std::string& statement) { return WordReader(statement).read(); }

bool may_mean(std::string_view written, std::string_view relation) {
  if (written.empty() || !relation.ends_with(written)) return false;
  return relation.size() == written.size() || relation[relation.size() - written.size() - 1] == '.';
}

bool holds_in_row(const std::vector<std::string>& words, std::string_view first, std::string_view second) {
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i - 1] == first && words[i] == second) return true;
  return false;
}

}  // namespace cairn
