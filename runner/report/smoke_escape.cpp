#include "report/smoke_escape.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

namespace cairn {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";   // U+FFFD

/// The character at the front of the text; a byte that is none gives the replacement.
struct Character {
  std::string_view bytes;   ///< of the text
  bool valid = true;
};

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (text.size() < length || !is_valid_utf8(text.substr(0, length))) return {text.substr(0, 1), false};
  return {text.substr(0, length)};
}

unsigned code_of(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  unsigned code = bytes.size() == 1 ? lead : lead & (0x7FU >> bytes.size());
  for (const char byte : bytes.substr(1)) code = code << 6U | (static_cast<unsigned char>(byte) & 0x3FU);
  return code;
}

bool is_control(unsigned code) {
  return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code < 0xA0) || code == 0xFFFE || code == 0xFFFF;
}

/// Also what takes no room on the screen, and parts or joins words unseen.
bool turns_direction(unsigned code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F ||
         code == 0x061C || code == 0x200B || code == 0xFEFF;
}

std::string shown(const Character& character) {
  if (!character.valid) return std::string(replacement);
  const unsigned code = code_of(character.bytes);
  if (is_control(code)) return std::string(replacement);
  return turns_direction(code) ? fmt::format("<U+{:04X}>", code) : std::string(character.bytes);
}

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) longest = std::max(longest, run = c == wanted ? run + 1 : 0);
  return longest;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// What forges make links of without any brackets: "@name", "#12", "https://", "www.". An empty comment parts it, unseen.
bool begins_reference(std::string_view text, std::size_t at) {
  const auto ends = [&](std::string_view word) { return at + 1 >= word.size() && text.substr(at + 1 - word.size(), word.size()) == word; };
  if (text[at] == '@' || text[at] == '#') return at + 1 < text.size() && is_word(text[at + 1]);
  return (text[at] == ':' && text.substr(at).starts_with("://")) || ends("www") || ends("WWW") || ends("GH");
}

/// Lists, rules, headings and quotes begin where the text does; the rest means something anywhere.
bool needs_backslash(std::string_view line, std::size_t at) {
  constexpr std::string_view anywhere = "\\`*[]<>|~&$#";
  constexpr std::string_view at_the_start = "-+=";
  const bool begins = line.find_first_not_of(' ') == at;
  if (line[at] == '_') return begins || at + 1 == line.size() || !is_word(line[at - 1]) || !is_word(line[at + 1]);
  if (line[at] == '.' || line[at] == ')')
    return at > 0 && line.substr(0, at).find_first_not_of("0123456789 ") == line.npos && (at + 1 == line.size() || line[at + 1] == ' ');
  return anywhere.find(line[at]) != anywhere.npos || (begins && at_the_start.find(line[at]) != at_the_start.npos);
}

/// Within backquotes a bar would still end the cell of a table, and outside of one a backslash before it would be seen.
std::string as_numbers(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    escaped += byte >= 0x80 || c == ' ' || is_word(c) ? std::string(1, c) : fmt::format("&#{};", static_cast<unsigned>(byte));
  }
  return escaped;
}

}  // namespace

std::string clean_text(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const bool line_end = text.starts_with("\r\n");
    const Character character = first_character(text);
    clean += line_end ? "" : shown(character);
    text.remove_prefix(character.bytes.size());
  }
  return clean;
}

std::string clean_line(std::string_view text) {
  std::string line = clean_text(text);
  std::replace_if(line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return line;
}

std::string cut_text(std::string_view text, std::size_t most) {
  if (length_in_characters(text) <= most) return std::string(text);
  return std::string(text.substr(0, byte_offset_of_character(text, most))) + "…";
}

std::string escape_markup(std::string_view text) {
  std::string escaped;
  for (const char c : clean_text(text)) switch (c) {
    case '&': escaped += "&amp;"; break;
    case '<': escaped += "&lt;"; break;
    case '>': escaped += "&gt;"; break;
    case '"': escaped += "&quot;"; break;
    case '\'': escaped += "&#39;"; break;
    default: escaped += c;
  }
  return escaped;
}

std::string escape_markdown(std::string_view text) {
  const std::string line = clean_line(text);
  std::string escaped;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (needs_backslash(line, i)) escaped += '\\';
    escaped += line[i];
    if (begins_reference(line, i)) escaped += "<!-- -->";
  }
  return escaped;
}

std::string markdown_code(std::string_view text) {
  const std::string line = clean_line(text);
  if (line.find('|') != line.npos) return fmt::format("<code>{}</code>", as_numbers(line));
  if (line.empty()) return "` `";
  const std::string ticks(longest_run(line, '`') + 1, '`');
  const bool spaced = line.front() == '`' || line.back() == '`' || line.front() == ' ';
  return fmt::format("{0}{2}{1}{2}{0}", ticks, line, spaced ? " " : "");
}

std::string markdown_block(std::string_view language, std::string_view text) {
  std::string body = clean_text(text);
  while (body.ends_with('\n')) body.pop_back();
  const std::string fence(std::max<std::size_t>(3, longest_run(body, '`') + 1), '`');
  return fmt::format("{}{}\n{}\n{}\n", fence, language, body, fence);
}

}  // namespace cairn
