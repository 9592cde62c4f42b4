#include "alembic/placeholder.hpp"

#include "sql/lexer.hpp"

#include <string_view>

namespace cairn {

namespace {

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::size_t word_end(std::string_view sql, std::size_t at) {
  while (at < sql.size() && is_word_character(sql[at])) ++at;
  return at;
}

/// ":name", but not the bounds of a slice, which follow a value or a bracket.
bool is_named(std::string_view sql, std::size_t at) {
  if (sql.substr(at, 2) == "::" || word_end(sql, at + 1) == at + 1) return false;
  const char before = at == 0 ? ' ' : sql[at - 1];
  return !is_word_character(before) && std::string_view("\"])[:").find(before) == std::string_view::npos;
}

/// "%(name)s".
bool is_formatted(std::string_view sql, std::size_t at) {
  if (sql.substr(at, 2) != "%(") return false;
  const std::size_t end = word_end(sql, at + 2);
  return end > at + 2 && sql.substr(end, 2) == ")s";
}

}  // namespace

std::optional<std::size_t> find_placeholder(const std::string& sql) {
  sql::Lexer lexer(sql);
  while (const auto token = lexer.next()) {
    if (token->kind != sql::TokenKind::other) continue;
    if (sql[token->begin] == ':' && is_named(sql, token->begin)) return token->begin;
    if (sql[token->begin] == '%' && is_formatted(sql, token->begin)) return token->begin;
  }
  return std::nullopt;
}

}  // namespace cairn
