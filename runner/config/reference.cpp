#include "config/reference.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cctype>

namespace cairn {

namespace {

bool is_name(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

/// What stands between references, and the references, in order. False: the text is not well-formed.
bool each_part(std::string_view text, const std::function<void(std::string_view)>& plain,
               const std::function<void(std::string_view)>& reference) {
  while (true) {
    const std::size_t at = text.find("${");
    if (at == text.npos) return plain(text), true;
    if (at > 0 && text[at - 1] == '$') {
      plain(text.substr(0, at - 1));
      plain("${");
      text.remove_prefix(at + 2);
      continue;
    }
    const std::size_t end = text.find('}', at);
    if (end == text.npos || !is_name(text.substr(at + 2, end - at - 2))) return false;
    plain(text.substr(0, at));
    reference(text.substr(at + 2, end - at - 2));
    text.remove_prefix(end + 1);
  }
}

std::string escaped(const std::string& value) {
  std::string text;
  for (const char c : value) {
    if (std::string_view(" \t\n\r\f\v'\\").find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return text;
}

std::string fit(Surroundings surroundings, const std::string& value) {
  switch (surroundings) {
    case Surroundings::plain: return value;
    case Surroundings::url: return percent_encode(value);
    case Surroundings::settings: return escaped(value);
  }
  return value;
}

}  // namespace

References find_references(std::string_view text) {
  References found;
  found.well_formed = each_part(text, [](std::string_view) {}, [&](std::string_view name) { found.names.emplace_back(name); });
  return found;
}

Surroundings surroundings_of(std::string_view database) {
  const std::string_view before = database.substr(0, database.find("${"));
  if (before.find("://") != before.npos) return Surroundings::url;
  const bool alone = before.empty() && database.find('}') == database.size() - 1;
  return alone ? Surroundings::plain : Surroundings::settings;
}

std::string replace_references(std::string_view text, Surroundings surroundings,
                               const std::function<std::string(const std::string&)>& value) {
  std::string whole;
  each_part(text, [&](std::string_view part) { whole += part; },
            [&](std::string_view name) { whole += fit(surroundings, value(std::string(name))); });
  return whole;
}

}  // namespace cairn
