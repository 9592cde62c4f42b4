#include "sql/placeholder.hpp"

#include "base/text.hpp"

#include <cctype>
#include <utility>

namespace cairn {

namespace {

/// True for a byte that ends a name, a number, a string or something in brackets.
bool ends_operand(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80 || std::string_view("_'\")]$").find(c) != std::string_view::npos;
}

}  // namespace

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
