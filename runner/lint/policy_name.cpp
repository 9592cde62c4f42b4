#include "lint/policy_name.hpp"

#include <algorithm>

namespace cairn {

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Behind the name at the front: quoted, or up to what is no part of one.
std::size_t name_length(std::string_view text) {
  if (!text.starts_with('"')) return std::min(text.find_first_of(".( "), text.size());
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != '"') continue;
    if (i + 1 == text.size() || text[i + 1] != '"') return i + 1;
    ++i;
  }
  return text.size();
}

}  // namespace

std::string bare_name(std::string_view written) {
  std::string name;
  if (!written.starts_with('"')) {
    for (const char c : written) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return name;
  }
  const std::string_view inside = written.substr(1, written.size() - (written.size() > 1 && written.ends_with('"') ? 2 : 1));
  for (std::size_t i = 0; i < inside.size(); ++i) {
    name += inside[i];
    if (inside[i] == '"') ++i;
  }
  return name;
}

std::vector<std::string> parts_of(std::string_view identity) {
  std::vector<std::string> parts;
  while (!identity.empty()) {
    const std::size_t length = name_length(identity);
    parts.push_back(bare_name(identity.substr(0, length)));
    identity.remove_prefix(length);
    if (!identity.starts_with('.')) break;
    identity.remove_prefix(1);
  }
  return parts;
}

std::string table_of(std::string_view identity) {
  std::size_t length = 0;   // of all parts but the last
  for (std::size_t next = name_length(identity); next < identity.size() && identity[next] == '.'; next = length + 1 + name_length(identity.substr(length + 1)))
    length = next;
  return std::string(identity.substr(0, length));
}

bool is_snake_case(std::string_view name) {
  if (name.empty() || !is_lower(name.front()) || name.back() == '_' || name.find("__") != name.npos) return false;
  return std::all_of(name.begin(), name.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

}  // namespace cairn
