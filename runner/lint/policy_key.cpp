#include "lint/policy_key.hpp"

#include "lint/policy_name.hpp"
#include "schema/definition.hpp"

#include <algorithm>
#include <map>

namespace cairn {

namespace {

using Members = std::map<std::string, std::string>;

std::string unescaped(std::string_view json) {
  std::string text;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '\\' && i + 1 < json.size()) ++i;
    text += json[i];
  }
  return text;
}

/// A text member without its quotes, as far as names and types need it; empty when there is none.
std::string text_of(const Members& members, const std::string& name) {
  const auto found = members.find(name);
  if (found == members.end()) return "";
  const std::string_view json = found->second;
  return json.size() > 1 && json.starts_with('"') ? unescaped(json.substr(1, json.size() - 2)) : std::string(json);
}

/// What stands in the parentheses behind these words, when a constraint begins with them.
std::string columns_behind(std::string_view words, const Difference& constraint) {
  const std::string definition = text_of(members_of(constraint.after), "definition");
  if (constraint.kind != "constraint" || !definition.starts_with(words)) return "";
  return definition.substr(words.size(), definition.find(')') - words.size());
}

/// As the upgrade left it; nothing when it left it alone.
std::optional<Members> find_column(const std::string& identity, const std::vector<Difference>& made) {
  for (const Difference& one : made)
    if (one.kind == "column" && one.identity == identity && !one.after.empty()) return members_of(one.after);
  return std::nullopt;
}

bool refers(const std::string& table, const std::string& column, const std::vector<Difference>& made) {
  return std::any_of(made.begin(), made.end(), [&](const Difference& other) {
    return columns_behind("FOREIGN KEY (", other) == column && table_of(other.identity) == table;
  });
}

/// gen_random_uuid(), core.uuid_generate_v7(), but not a constant.
bool makes_uuid(const std::string& value) {
  const std::string function = value.substr(0, value.find('('));
  return function.size() < value.size() && (function.find("uuid") != function.npos || function.find("ulid") != function.npos);
}

}  // namespace

std::optional<std::string> find_unmade_key(const Difference& constraint, const std::vector<Difference>& made) {
  const std::string column = columns_behind("PRIMARY KEY (", constraint);
  if (column.empty() || column.find(',') != column.npos || members_of(constraint.after).contains("inherited")) return std::nullopt;
  const std::string table = table_of(constraint.identity);
  const auto found = find_column(table + "." + column, made);
  if (!found || text_of(*found, "type") != "uuid" || refers(table, column, made) || makes_uuid(text_of(*found, "default"))) return std::nullopt;
  return table + "." + column;
}

}  // namespace cairn
