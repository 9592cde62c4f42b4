#include "lint/hazard_scene.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace cairn {

namespace {

/// "character varying" of "character varying(20)".
std::string_view bare_type(std::string_view type) { return type.substr(0, type.find('(')); }

/// To more room for the same, which the server takes without looking at a row, and clients without noticing.
bool only_grows(const HazardScene& scene, const SeenColumn& column) {
  if (scene.rewrites(column.relation)) return false;
  const std::string_view before = bare_type(column.before);
  const std::string_view after = bare_type(column.after);
  return before == after || (before == "character varying" && after == "text");
}

void judge_dropped(const HazardScene& scene, const SeenColumn& column, HazardList& list) {
  if (scene.revision().phase == "contract") return;
  list.add("column-dropped", scene.effects(),
           fmt::format("column {} of {} is dropped with its values", column.name, column.relation.name));
}

void judge(const HazardScene& scene, const SeenColumn& column, HazardList& list) {
  const std::string& table = column.relation.name;
  if (column.change == ColumnChange::dropped) judge_dropped(scene, column, list);
  if (column.change == ColumnChange::renamed)
    list.add("column-renamed", scene.effects(), fmt::format("column {} of {} is called {} now", column.name, table, column.after));
  if (column.change == ColumnChange::retyped && !only_grows(scene, column))
    list.add("column-retyped", scene.effects(),
             fmt::format("column {} of {} was {} and is {} now", column.name, table, column.before, column.after));
  if (column.change == ColumnChange::added && column.after == "json")
    list.add("column-json", scene.effects(), fmt::format("column {} of {} is json, which has no equality", column.name, table));
}

bool has(const std::vector<std::string>& words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

/// ADD [COLUMN] name type ... NOT NULL, and nothing that gives it a value.
bool adds_without_value(const std::vector<std::string>& action) {
  constexpr std::array<std::string_view, 8> giving{"DEFAULT", "GENERATED", "SERIAL",  "BIGSERIAL",
                                                   "SMALLSERIAL", "SERIAL2", "SERIAL4", "SERIAL8"};
  const bool given = std::any_of(giving.begin(), giving.end(), [&](std::string_view word) { return has(action, word); });
  return has(action, "ADD") && !has(action, "CONSTRAINT") && holds_in_row(action, "NOT", "NULL") && !given;
}

/// By this step: then every row has what it must have.
bool is_emptied(const HazardScene& scene, const SeenRelation& table) {
  for (std::size_t i = 0; i < scene.index(); ++i) {
    const HazardWords& words = scene.words_of(i);
    const auto it_is = [&](const std::string& name) { return may_mean(name, table.name); };
    const bool named = std::any_of(words.targets.begin(), words.targets.end(), it_is);
    if (named && (words.command == "TRUNCATE" || (words.command == "DELETE" && !words.has("WHERE")))) return true;
  }
  return false;
}

}  // namespace

void find_column_hazards(const HazardScene& scene, HazardList& list) {
  for (const SeenColumn& column : scene.effects().columns)
    if (!column.relation.fresh) judge(scene, column, list);
  const SeenRelation* const target = scene.words().command == "ALTER TABLE" ? scene.old_target() : nullptr;
  const auto& actions = scene.words().actions;
  if (target != nullptr && std::any_of(actions.begin(), actions.end(), adds_without_value) && !is_emptied(scene, *target))
    list.add("column-needs-value", scene.effects(),
             fmt::format("{} gets a column that must have a value, and no default: it works only while the table is empty", target->name));
}

}  // namespace cairn
