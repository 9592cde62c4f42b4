#include "observe/command_words.hpp"

#include "base/error.hpp"
#include "sql/body.hpp"
#include "sql/classify.hpp"
#include "sql/lexer.hpp"

namespace cairn {

namespace {

using sql::Token;
using sql::TokenKind;

/// Ends the list of names.
bool is_option(const std::string& statement, const Token& token) {
  for (const std::string_view word : {"RESTART", "CONTINUE", "CASCADE", "RESTRICT"})
    if (sql::is_word(statement, token, word)) return true;
  return false;
}

bool is_noise(const std::string& statement, const Token& token) {
  for (const std::string_view word : {"TRUNCATE", "TABLE", "ONLY"})
    if (sql::is_word(statement, token, word)) return true;
  return false;
}

bool is_of_name(const std::string& statement, const Token& token) {
  if (token.kind == TokenKind::word) return !is_noise(statement, token);
  return token.kind == TokenKind::name || token.kind == TokenKind::dot;
}

}  // namespace

std::string command_words(const std::string& statement) try {
  const Body body = parse_body("", statement);
  return body.empty() ? "" : first_words(body, body.statements.front());
} catch (const Error&) {
  return "";
}

std::string rewrite_reason(const std::string& words) {
  if (words == "TRUNCATE") return "truncate";
  if (words == "CLUSTER") return "cluster";
  if (words == "VACUUM") return "vacuum full";
  return words.starts_with("REFRESH MATERIALIZED VIEW") ? "refresh" : "";
}

bool may_drop_extension(const std::string& words) {
  return words == "DROP EXTENSION" || words == "DROP SCHEMA" || words == "DROP OWNED";
}

bool drops_plpgsql(const std::string& words, const std::string& statement) {
  if (words != "DROP EXTENSION" && words != "DROP LANGUAGE") return false;
  sql::Lexer lexer(statement);
  while (const auto token = lexer.next())
    if (sql::is_word(statement, *token, "PLPGSQL")) return true;
  return false;
}

std::vector<std::string> find_truncated_names(const std::string& statement) {
  std::vector<std::string> names{""};
  sql::Lexer lexer(statement);
  while (const auto token = lexer.next()) {
    if (is_option(statement, *token)) break;
    const std::string text = statement.substr(token->begin, token->end - token->begin);
    if (text == ",") names.emplace_back();
    else if (is_of_name(statement, *token)) names.back() += text;
  }
  std::erase(names, "");
  return names;
}

}  // namespace cairn
