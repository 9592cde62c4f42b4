#include "lint/hazard_scene.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

namespace cairn {

namespace {

/// Names of indexes, sequences and so on are used by nobody, or seldom.
std::optional<std::string_view> rule_for(const SeenRename& rename) {
  constexpr std::array<std::string_view, 5> relations{"table", "partitioned table", "view", "materialized view", "foreign table"};
  if (std::find(relations.begin(), relations.end(), rename.kind) != relations.end()) return "table-renamed";
  if (rename.kind == "schema") return "schema-renamed";
  if (rename.kind == "type" || rename.kind == "enum" || rename.kind == "domain" || rename.kind == "composite type")
    return "type-renamed";
  return std::nullopt;
}

bool is_fresh(const HazardScene& scene, const SeenRename& rename) {
  const SeenRelation* const before = scene.find_locked(rename.before);
  const SeenRelation* const relation = before != nullptr ? before : scene.find_locked(rename.after);
  return relation != nullptr && relation->fresh;
}

bool renames_schema(const HazardScene& scene) {
  const auto it_does = [](const SeenRename& rename) { return rename.kind == "schema"; };
  return std::any_of(scene.effects().renames.begin(), scene.effects().renames.end(), it_does);
}

}  // namespace

void find_rename_hazards(const HazardScene& scene, HazardList& list) {
  const bool schema = renames_schema(scene);   // what is in it is not told one by one
  for (const SeenRename& rename : scene.effects().renames) {
    const std::optional<std::string_view> rule = rule_for(rename);
    if (!rule || (schema && rename.kind != "schema") || is_fresh(scene, rename)) continue;
    list.add(*rule, scene.effects(), fmt::format("{} {} is called {} now", rename.kind, rename.before, rename.after));
  }
  for (const SeenLabel& label : scene.effects().labels)
    if (label.change == LabelChange::renamed)
      list.add("enum-value-renamed", scene.effects(), fmt::format("value '{}' of {} is '{}' now", label.before, label.type, label.after));
}

}  // namespace cairn
