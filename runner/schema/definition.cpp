#include "schema/definition.hpp"

#include "schema/clock_text.hpp"
#include "schema/routine_text.hpp"

#include <algorithm>
#include <vector>

namespace cairn {

namespace {

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

}  // namespace

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

namespace {

/// The names of the members that are not the same in both.
std::vector<std::string> differing_members(std::string_view before, std::string_view after) {
  const auto old = members_of(before);
  const auto now = members_of(after);
  std::vector<std::string> names;
  for (const auto& [name, value] : old)
    if (const auto other = now.find(name); other == now.end() || other->second != value) names.push_back(name);
  for (const auto& [name, value] : now)
    if (!old.contains(name)) names.push_back(name);
  return names;
}

}  // namespace

Change classify(const SchemaObject& before, const SchemaObject& after) {
  const std::vector<std::string> names = differing_members(before.definition, after.definition);
  if (before.kind == "column" && names == std::vector<std::string>{"position"}) return Change::order;
  if (is_routine(before.kind) && names == std::vector<std::string>{"definition"} &&
      differ_in_white_space(members_of(before.definition)["definition"], members_of(after.definition)["definition"]))
    return Change::white_space;
  return differ_in_times(before.definition, after.definition) ? Change::times : Change::changed;
}

}  // namespace cairn
