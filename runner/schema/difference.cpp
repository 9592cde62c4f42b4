#include "schema/difference.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <map>
#include <string_view>
#include <tuple>

namespace cairn {

namespace {

constexpr std::size_t most_shown = 120;

/// Behind the jsonb value that begins at this byte: a string, an object, an array or a bare word.
std::size_t end_of_value(std::string_view json, std::size_t begin) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = begin; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted) {
      if (c == '\\') ++i;
      else if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (depth == 0 && (c == ',' || c == ':' || c == '}')) {
      return i;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return json.size();
}

/// The members of an object as PostgreSQL writes jsonb: {"key": value, "key": value}. Anything else is one
/// member without a name.
std::map<std::string, std::string> members_of(std::string_view json) {
  std::map<std::string, std::string> members;
  if (!json.starts_with('{')) {
    if (!json.empty()) members[""] = std::string(json);
    return members;
  }
  std::size_t at = 1;
  while (at < json.size() && json[at] == '"') {
    const std::size_t key_end = end_of_value(json, at);
    const std::size_t value = std::min(key_end + 2, json.size());
    const std::size_t value_end = end_of_value(json, value);
    members[std::string(json.substr(at + 1, key_end - at - 2))] = std::string(json.substr(value, value_end - value));
    at = value_end + 2;
  }
  return members;
}

std::string shown(const std::string& value) { return value.empty() ? "none" : printable(value, most_shown); }

std::string describe_members(const std::string& before, const std::string& after) {
  std::map<std::string, std::pair<std::string, std::string>> both;
  for (auto& [key, value] : members_of(before)) both[key].first = value;
  for (auto& [key, value] : members_of(after)) both[key].second = value;
  std::string text;
  for (const auto& [key, values] : both) {
    if (values.first == values.second) continue;
    text += fmt::format("{}{}{}{}, now {}", text.empty() ? "" : "; ", key, key.empty() ? "" : ": ",
                        shown(values.first), shown(values.second));
  }
  return text;
}

Difference make(Change change, const SchemaObject& object) {
  const bool old = change == Change::missing;
  return {change, object.kind, object.identity, old ? object.definition : "", old ? "" : object.definition};
}

}  // namespace

std::vector<Difference> compare(const Snapshot& before, const Snapshot& after) {
  std::vector<Difference> differences;
  auto old = before.objects.begin();
  auto now = after.objects.begin();
  while (old != before.objects.end() || now != after.objects.end()) {
    const bool only_old = now == after.objects.end() ||
        (old != before.objects.end() && std::tie(old->kind, old->identity) < std::tie(now->kind, now->identity));
    const bool only_now = !only_old && (old == before.objects.end() ||
        std::tie(now->kind, now->identity) < std::tie(old->kind, old->identity));
    if (only_old) differences.push_back(make(Change::missing, *old));
    else if (only_now) differences.push_back(make(Change::left_over, *now));
    else if (old->definition != now->definition)
      differences.push_back({Change::changed, old->kind, old->identity, old->definition, now->definition});
    if (!only_now) ++old;
    if (!only_old) ++now;
  }
  return differences;
}

std::string describe(const Difference& difference) {
  const std::string object =
      printable(difference.identity.empty() ? difference.kind : difference.kind + " " + difference.identity, 300);
  switch (difference.change) {
    case Change::left_over: return "left over: " + object;
    case Change::missing: return "missing: " + object;
    case Change::changed: break;
  }
  return fmt::format("changed: {} ({})", object, describe_members(difference.before, difference.after));
}

}  // namespace cairn
