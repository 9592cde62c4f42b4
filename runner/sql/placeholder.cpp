#include "sql/placeholder.hpp"

#include <algorithm>
#include <utility>

namespace cairn {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// True for a byte that ends a name, a number, a string or something in brackets.
bool ends_operand(char c) {
  return is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80 || std::string_view("'\")]$").find(c) != std::string_view::npos;
}

}  // namespace

bool is_variable_name(std::string_view text) {
  return !text.empty() && is_letter(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '.'; });
}

namespace sql {

bool PlaceholderFinder::opens(const Token& token) const {
  return text_.substr(token.begin, token.end - token.begin) == ":" && (token.begin == 0 || !ends_operand(text_[token.begin - 1]));
}

std::optional<Placeholder> PlaceholderFinder::take(const Token& token) {
  const std::optional<std::size_t> colon = std::exchange(colon_, opens(token) ? std::optional(token.begin) : std::nullopt);
  if (!colon || token.begin != *colon + 1 || token.end < token.begin + 3) return std::nullopt;
  if (token.kind != TokenKind::string && token.kind != TokenKind::name) return std::nullopt;
  const char quote = token.kind == TokenKind::string ? '\'' : '"';
  const std::string_view name = text_.substr(token.begin + 1, token.end - token.begin - 2);
  if (text_[token.begin] != quote || text_[token.end - 1] != quote || !is_variable_name(name)) return std::nullopt;
  const auto quoting = quote == '"' ? Placeholder::Quoting::name : Placeholder::Quoting::literal;
  return Placeholder{quoting, std::string(name), *colon, token.end};
}

}  // namespace sql

}  // namespace cairn
