#include "sql/open_statement.hpp"

#include "sql/lexer.hpp"

namespace cairn::sql {

namespace {

constexpr std::size_t most_leading_words = 6;

}  // namespace

OpenStatement::Taken OpenStatement::take(const Token& token) {
  if (token.kind == TokenKind::semicolon && parentheses_.empty() && !in_body_) return Taken::ends;
  if (empty()) begin_ = token.begin;
  if (token.kind == TokenKind::word) take_word(token);
  else leading_ = false;
  if (token.kind == TokenKind::open) take_parenthesis(token);
  if (token.kind == TokenKind::close && !parentheses_.empty()) parentheses_.pop_back();
  if (token.kind == TokenKind::semicolon && parentheses_.empty()) cases_ = 0;
  previous_ = token;
  end_ = token.end;
  return Taken::goes_on;
}

void OpenStatement::take_parenthesis(const Token& open) {
  parentheses_.push_back(open.begin);
  unlocks_all_ = unlocks_all_ || follows("PG_ADVISORY_UNLOCK_ALL");
}

std::string_view OpenStatement::releases_locks() const {
  if (unlocks_all_) return "pg_advisory_unlock_all";
  const std::vector<std::string>& words = leading_words_;
  return words.size() == 2 && words[0] == "DISCARD" && words[1] == "ALL" ? "DISCARD ALL" : "";
}

std::optional<std::size_t> OpenStatement::open_parenthesis() const {
  return parentheses_.empty() ? std::nullopt : std::optional(parentheses_.back());
}

void OpenStatement::take_word(const Token& word) {
  leading_ = leading_ && leading_words_.size() < most_leading_words;
  if (leading_) leading_words_.push_back(upper_text(text_, word));
  if (in_body_) return take_word_of_body(word);
  if (!parentheses_.empty()) return;
  if (is_word(text_, word, "ATOMIC") && follows("BEGIN") && is_routine()) {
    in_body_ = true;
    body_begin_ = previous_.begin;
  }
  if (is_word(text_, word, "STDIN") || is_word(text_, word, "STDOUT")) take_client_stream();
}

/// The server takes either word for either direction.
void OpenStatement::take_client_stream() {
  if (leading_words_.empty() || leading_words_.front() != "COPY") return;
  copies_in_ = copies_in_ || follows("FROM");
  copies_out_ = copies_out_ || follows("TO");
}

/// END closes the innermost CASE; without one it closes the body, but then it stands where a statement
/// would begin. Elsewhere it is an output name, as in SELECT 1 AS end.
void OpenStatement::take_word_of_body(const Token& word) {
  if (follows("AS") || previous_.kind == TokenKind::dot) return;
  if (is_word(text_, word, "CASE")) ++cases_;
  if (!is_word(text_, word, "END")) return;
  if (cases_ > 0) --cases_;
  else if (previous_.kind == TokenKind::semicolon || follows("ATOMIC")) in_body_ = false;
}

bool OpenStatement::follows(std::string_view upper) const {
  return !empty() && is_word(text_, previous_, upper);
}

bool OpenStatement::is_routine() const {
  const std::vector<std::string>& words = leading_words_;
  if (words.size() < 2 || words[0] != "CREATE") return false;
  const std::size_t kind = words[1] == "OR" ? 3 : 1;   // CREATE OR REPLACE
  return words.size() > kind && (words[kind] == "FUNCTION" || words[kind] == "PROCEDURE");
}

}  // namespace cairn::sql
