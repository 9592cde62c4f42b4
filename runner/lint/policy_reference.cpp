#include "lint/policy_reference.hpp"

#include "lint/policy_finding.hpp"
#include "sql/lexer.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

/// GRANT REFERENCES ON ... names a right.
bool names_table(const std::string& text, const sql::Token& token) {
  if (token.kind == sql::TokenKind::name) return true;
  return token.kind == sql::TokenKind::word && !sql::is_word(text, token, "ON");
}

}  // namespace

std::vector<std::string> unqualified_references(const std::string& statement) {
  std::vector<std::string> tables;
  std::vector<sql::Token> last;   // REFERENCES, and the name behind it
  sql::Lexer lexer(statement);
  const auto settle = [&](bool dot) {
    if (last.size() == 2 && !dot) tables.push_back(statement.substr(last[1].begin, last[1].end - last[1].begin));
    last.clear();
  };
  while (const auto token = lexer.next()) {
    if (last.size() == 1 && names_table(statement, *token)) {
      last.push_back(*token);
      continue;
    }
    settle(token->kind == sql::TokenKind::dot);
    if (sql::is_word(statement, *token, "REFERENCES")) last.push_back(*token);
  }
  settle(false);
  return tables;
}

std::vector<Finding> judge_references(const Revision& revision, const StepEffects& effects) {
  std::vector<Finding> breaches;
  for (const StatementEffects& statement : effects.statements)
    for (const std::string& table : unqualified_references(statement.text))
      breaches.push_back(make_change_breach("unqualified-reference", revision,
                                            fmt::format("a foreign key refers to {} without naming its schema", table), &statement));
  return breaches;
}

}  // namespace cairn
