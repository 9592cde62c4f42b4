#include "lint/policy_finding.hpp"

#include "lint/policy_name.hpp"
#include "sql/lexer.hpp"

#include <algorithm>
#include <set>

namespace cairn {

namespace {

/// The names in a statement, as the server would look them up.
std::set<std::string, std::less<>> names_in(const std::string& text) {
  std::set<std::string, std::less<>> names;
  sql::Lexer lexer(text);
  while (const auto token = lexer.next())
    if (token->kind == sql::TokenKind::word || token->kind == sql::TokenKind::name)
      names.insert(bare_name(std::string_view(text).substr(token->begin, token->end - token->begin)));
  return names;
}

}  // namespace

Finding make_breach(std::string_view rule, std::string what) {
  const Rule* known = find_rule(rule);
  Finding finding;
  finding.rule = rule;
  finding.level = known == nullptr ? Level::error : known->level;
  finding.what = std::move(what);
  return finding;
}

Finding make_breach(std::string_view rule, const Revision& revision, std::string what) {
  Finding finding = make_breach(rule, std::move(what));
  finding.revision = revision.id;
  return finding;
}

Finding make_change_breach(std::string_view rule, const Revision& revision, std::string what, const StatementEffects* statement) {
  Finding finding = make_breach(rule, revision, std::move(what));
  finding.direction = Direction::up;
  if (statement == nullptr) return finding;
  finding.place = statement->place;
  finding.statement = statement->text;
  return finding;
}

const StatementEffects* find_statement(const StepEffects& effects, std::span<const std::string> names) {
  const StatementEffects* without_schema = nullptr;
  for (const StatementEffects& statement : effects.statements) {
    const auto spoken = names_in(statement.text);
    const auto speaks_of = [&](const std::string& name) { return spoken.contains(name); };
    if (std::all_of(names.begin(), names.end(), speaks_of)) return &statement;
    const bool rest = names.size() > 1 && std::all_of(names.begin() + 1, names.end(), speaks_of);
    if (rest && without_schema == nullptr) without_schema = &statement;
  }
  return without_schema;
}

}  // namespace cairn
