#include "lint/policy_objects.hpp"

#include "base/text.hpp"
#include "lint/policy_finding.hpp"
#include "lint/policy_key.hpp"
#include "lint/policy_name.hpp"
#include "schema/definition.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cairn {

namespace {

template <typename List>
bool holds(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Kinds whose objects stand in a schema by themselves: not those that belong to a table.
constexpr std::array<std::string_view, 18> schema_kinds{
    "table", "partitioned table", "foreign table", "view", "materialized view", "sequence", "enum", "domain", "composite type",
    "range type", "base type", "function", "procedure", "aggregate", "window function", "operator", "collation", "statistics"};

constexpr std::array<std::string_view, 12> named_kinds{"schema", "table", "partitioned table", "foreign table", "view", "materialized view",
                                                       "column", "enum", "domain", "composite type", "range type", "base type"};

constexpr std::array<std::string_view, 10> placeholders{"reserved", "reserved_for_future", "reserved_for_future_use", "future", "future_use",
                                                        "for_future_use", "placeholder", "spare", "unused", "dummy"};
/// Words that are a use of their own without a number behind them.
constexpr std::array<std::string_view, 5> numbered_placeholders{"extra", "custom", "field", "column", "col"};
constexpr std::array<std::string_view, 4> unsettled{"tbd", "todo", "filler", "not_used"};

/// Looks at what is new, object by object.
class ObjectJudge {
 public:
  ObjectJudge(const MadeObjects& objects, const std::vector<std::string>& schemas) : objects_(objects), schemas_(schemas) {
    for (const Difference& difference : objects.made)
      if (difference.change == Change::left_over) new_[difference.kind].insert(difference.identity);
  }

  std::vector<Finding> run() {
    for (const Difference& difference : objects_.made) {
      if (difference.change != Change::left_over) continue;
      judge_place(difference);
      if (is_of_its_own(difference)) judge_name(difference);
      if (const auto key = find_unmade_key(difference, objects_.made))
        breach("key-without-default", difference, fmt::format("the key {} has no default that makes a uuid", *key));
    }
    return std::move(breaches_);
  }

 private:
  void judge_place(const Difference& made) {
    if (schemas_.empty() || parts_of(made.identity).empty()) return;
    const std::string schema = parts_of(made.identity).front();
    const bool placed = made.kind == "schema" || holds(schema_kinds, made.kind);
    if (!placed || holds(schemas_, schema) || is_owned(made)) return;
    breach("outside-schemas", made, fmt::format("{} {} is made outside of the schemas {}", made.kind, made.identity, join(schemas_, ", ")));
  }

  void judge_name(const Difference& made) {
    if (!holds(named_kinds, made.kind)) return;
    const std::string name = parts_of(made.identity).back();
    if (!is_snake_case(name)) {
      const std::string better = in_snake_case(name);
      breach("not-snake-case", made, fmt::format("{} {} is not named in snake_case{}", made.kind, made.identity,
                                                 better.empty() ? "" : fmt::format(": {} would be", better)));
    }
    if (made.kind == "column" && is_placeholder(name))
      breach("placeholder-column", made, fmt::format("column {} has the name of a placeholder", made.identity));
  }

  /// The sequence of a serial column came with its table.
  static bool is_owned(const Difference& made) { return made.kind == "sequence" && members_of(made.after).contains("owned by"); }

  /// Columns of views and of children are called as their tables say.
  bool is_of_its_own(const Difference& made) const {
    if (made.kind != "column") return true;
    const std::string table = table_of(made.identity);
    return !is_new("view", table) && !is_new("materialized view", table) && !members_of(made.after).contains("inherited");
  }

  bool is_new(const std::string& kind, const std::string& identity) const {
    const auto kinds = new_.find(kind);
    return kinds != new_.end() && kinds->second.contains(identity);
  }

  void breach(std::string_view rule, const Difference& made, std::string what) {
    std::vector<std::string> names = parts_of(made.identity);
    if (made.kind == "constraint") names.pop_back();   // a key of which nobody wrote the name
    breaches_.push_back(make_change_breach(rule, objects_.revision, std::move(what), find_statement(objects_.effects, names)));
  }

  const MadeObjects& objects_;
  const std::vector<std::string>& schemas_;
  std::map<std::string, std::set<std::string>> new_;
  std::vector<Finding> breaches_;
};

}  // namespace

bool is_placeholder(std::string_view column) {
  std::string_view word = column;
  while (!word.empty() && word.back() >= '0' && word.back() <= '9') word.remove_suffix(1);
  const bool numbered = word.size() < column.size();
  if (numbered && word.ends_with('_')) word.remove_suffix(1);
  return holds(placeholders, word) || holds(unsettled, word) || (numbered && holds(numbered_placeholders, word));
}

std::string in_snake_case(std::string_view name) {
  std::string snake;
  bool small = false;   // the letter before was one
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z';
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (((capital && small) || (!capital && !plain)) && !snake.empty() && snake.back() != '_') snake += '_';
    if (capital) snake += static_cast<char>(c - 'A' + 'a');
    else if (plain && (!snake.empty() || c > '9')) snake += c;
    small = plain;
  }
  while (snake.ends_with('_')) snake.pop_back();
  return snake;
}

std::vector<Finding> judge_objects(const MadeObjects& objects, const std::vector<std::string>& schemas) {
  return ObjectJudge(objects, schemas).run();
}

}  // namespace cairn
