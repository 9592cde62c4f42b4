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
  const auto found = std::find_if(effects.statements.begin(), effects.statements.end(), [&](const StatementEffects& statement) {
    const auto spoken = names_in(statement.text);
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) { return spoken.contains(name); });
  });
  return found == effects.statements.end() ? nullptr : &*found;
}

}  // namespace cairn
