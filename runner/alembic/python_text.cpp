#include "alembic/python_text.hpp"

#include <array>
#include <cstdint>

namespace cairn {

namespace {

/// The number that so many digits at the front spell, taken off the text.
std::optional<std::uint32_t> take_number(std::string_view& text, std::size_t least, std::size_t most, std::uint32_t base) {
  std::uint32_t number = 0;
  std::size_t count = 0;
  while (count < most && count < text.size()) {
    const char c = text[count];
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
    if (digit >= static_cast<int>(base)) break;
    number = number * base + static_cast<std::uint32_t>(digit);
    ++count;
  }
  if (count < least) return std::nullopt;
  text.remove_prefix(count);
  return number;
}

/// False for what is no character.
bool append_utf8(std::string& value, std::uint32_t code) {
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
  const auto push = [&](std::uint32_t byte) { value += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) {
    push(code);
  } else if (code < 0x800) {
    push(0xC0U | code >> 6);
    push(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    push(0xE0U | code >> 12);
    push(0x80U | (code >> 6 & 0x3FU));
    push(0x80U | (code & 0x3FU));
  } else {
    push(0xF0U | code >> 18);
    push(0x80U | (code >> 12 & 0x3FU));
    push(0x80U | (code >> 6 & 0x3FU));
    push(0x80U | (code & 0x3FU));
  }
  return true;
}

std::optional<char> find_short_escape(char c) {
  constexpr std::string_view letters = "abfnrtv\\'\"";
  constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\'\"";
  const std::size_t at = letters.find(c);
  return at == letters.npos ? std::nullopt : std::optional(meanings[at]);
}

struct NumericEscape {
  char letter;
  std::size_t digits;
};

constexpr std::array<NumericEscape, 3> numeric_escapes{{{'x', 2}, {'u', 4}, {'U', 8}}};

/// Takes the escape whose backslash has been taken off. False when it cannot be told what it means.
bool take_escape(std::string_view& rest, std::string& value) {
  const char c = rest.front();
  if (c >= '0' && c <= '7') return append_utf8(value, *take_number(rest, 1, 3, 8));
  rest.remove_prefix(1);
  for (const NumericEscape& escape : numeric_escapes) {
    if (escape.letter != c) continue;
    const auto code = take_number(rest, escape.digits, escape.digits, 16);
    return code && append_utf8(value, *code);
  }
  if (c == '\n') return true;
  if (c == 'N') return false;
  if (const auto meaning = find_short_escape(c)) value += *meaning;
  else value.append(1, '\\').append(1, c);
  return true;
}

struct TextParts {
  bool raw = false;
  bool bytes = false;
  bool filled_in = false;
  std::string_view content;
};

TextParts parts_of(std::string_view token) {
  TextParts parts;
  for (; !token.empty() && token.front() != '\'' && token.front() != '"'; token.remove_prefix(1)) {
    const char c = static_cast<char>(token.front() | 0x20);
    parts.raw = parts.raw || c == 'r';
    parts.bytes = parts.bytes || c == 'b';
    parts.filled_in = parts.filled_in || c == 'f' || c == 't';
  }
  const bool long_form = token.starts_with("\"\"\"") || token.starts_with("'''");
  const std::size_t quotes = long_form ? 3 : 1;
  if (token.size() >= 2 * quotes) parts.content = token.substr(quotes, token.size() - 2 * quotes);
  return parts;
}

}  // namespace

std::optional<std::string> find_text_value(std::string_view token) {
  TextParts parts = parts_of(token);
  if (parts.bytes || (parts.filled_in && parts.content.find_first_of("{}") != parts.content.npos)) return std::nullopt;
  if (parts.raw) return std::string(parts.content);
  std::string value;
  for (std::string_view rest = parts.content; !rest.empty();) {
    const std::size_t plain = std::min(rest.find('\\'), rest.size());
    value.append(rest.substr(0, plain));
    rest.remove_prefix(plain);
    if (rest.size() < 2) return value.append(rest);
    rest.remove_prefix(1);
    if (!take_escape(rest, value)) return std::nullopt;
  }
  return value;
}

}  // namespace cairn
