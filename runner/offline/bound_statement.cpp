#include "offline/bound_statement.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "sql/body.hpp"
#include "sql/lexer.hpp"

#include <fmt/core.h>

#include <charconv>
#include <cctype>

namespace cairn {

namespace {

struct Parameter {
  std::size_t number = 0;
  std::size_t end = 0;      ///< behind its digits
};

std::optional<Parameter> find_parameter(const std::string& sql, const sql::Token& token) {
  if (token.kind != sql::TokenKind::other || sql[token.begin] != '$') return std::nullopt;
  Parameter parameter;
  const auto [end, failure] = std::from_chars(sql.data() + token.begin + 1, sql.data() + token.end, parameter.number);
  parameter.end = static_cast<std::size_t>(end - sql.data());
  if (end == sql.data() + token.begin + 1) return std::nullopt;
  if (failure != std::errc()) parameter.number = 0;   // more digits than any number of parameters has
  return parameter;
}

std::string literal_of(const std::vector<Cell>& values, std::size_t number) {
  if (number == 0 || number > values.size())
    throw Error(Category::revision, fmt::format("there is no value for ${}: {} given", number, count_of(values.size(), "value")));
  const Cell& value = values[number - 1];
  if (!value) return "NULL";
  if (!is_valid_utf8(*value))
    throw Error(Category::revision, fmt::format("the value of ${} is not valid UTF-8 text", number))
        .hint("Bytes are written as '\\x…', and decoded in the statement.");
  return quote_literal(*value);
}

/// A literal must not grow together with what stands before it (U& would make it another kind of string) or behind it.
bool needs_blank_before(const std::string& text) {
  return !text.empty() && std::string_view(" \t\n\r(,[").find(text.back()) == std::string_view::npos;
}

bool needs_blank_behind(const std::string& sql, std::size_t at) {
  if (at >= sql.size()) return false;
  const auto next = static_cast<unsigned char>(sql[at]);
  return std::isalnum(next) != 0 || next == '_' || next == '\'' || next >= 0x80;
}

}  // namespace

std::string bind_parameters(const std::string& sql, const std::vector<Cell>& values) {
  std::string bound;
  std::size_t copied = 0;
  sql::Lexer lexer(sql);
  while (const auto token = lexer.next()) {
    const auto parameter = find_parameter(sql, *token);
    if (!parameter) continue;
    bound.append(sql, copied, token->begin - copied);
    if (needs_blank_before(bound)) bound += ' ';
    bound += literal_of(values, parameter->number);
    if (needs_blank_behind(sql, parameter->end)) bound += ' ';
    copied = parameter->end;
  }
  return bound.append(sql, copied);
}

}  // namespace cairn
