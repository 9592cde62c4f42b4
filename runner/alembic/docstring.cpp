#include "alembic/docstring.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace cairn {

namespace {

constexpr std::string_view blanks = " \t\n\f\v\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// What stands behind "Key:" in one of the lines that the template writes.
std::optional<std::string_view> find_template_value(std::string_view line, std::string_view key) {
  if (!line.starts_with(key)) return std::nullopt;
  return trimmed(line.substr(key.size()));
}

bool is_template_line(std::string_view line) {
  constexpr std::array<std::string_view, 3> keys{"Revision ID:", "Revises:", "Create Date:"};
  return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return find_template_value(line, key).has_value(); });
}

bool begins_with_date(std::string_view text) {
  constexpr std::string_view shape = "dddd-dd-dd";
  if (text.size() < shape.size() || (text.size() > shape.size() && text[10] != ' ' && text[10] != 'T')) return false;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != '-') return false;
  return true;
}

void append_line(std::string& text, std::string_view line, std::string_view separator) {
  if (!text.empty()) text += separator;
  text += line;
}

}  // namespace

Docstring parse_docstring(std::string_view text) {
  Docstring parsed;
  bool in_message = true;
  for (text = trimmed(text); !text.empty();) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (const auto date = find_template_value(line, "Create Date:"); date && begins_with_date(*date)) parsed.date = *date;
    in_message = in_message && !line.empty() && !is_template_line(line);
    if (is_template_line(line)) continue;
    if (in_message) append_line(parsed.message, line, " ");
    else if (!line.empty() || !parsed.description.empty()) append_line(parsed.description, line, "\n");
  }
  parsed.description = trimmed(parsed.description);
  return parsed;
}

}  // namespace cairn
