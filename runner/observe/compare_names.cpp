#include "observe/comparison.hpp"

namespace cairn {

namespace {

void note(StatementEffects& effects, std::string kind, std::string before, std::string after) {
  effects.renames.push_back({std::move(kind), std::move(before), std::move(after)});
}

/// What only stands in a schema that has another name keeps its own.
void compare_schemas(const Scenes& scenes, StatementEffects& effects) {
  for (const auto& [oid, before] : scenes.before.schemas) {
    const auto after = scenes.after.schemas.find(oid);
    if (after != scenes.after.schemas.end() && after->second != before) note(effects, "schema", before, after->second);
  }
}

void compare_relation_names(const Scenes& scenes, StatementEffects& effects) {
  for (const auto& [oid, before] : scenes.before.relations) {
    const auto after = scenes.after.relations.find(oid);
    if (after == scenes.after.relations.end()) continue;
    if (after->second.schema != before.schema || after->second.own_name != before.own_name)
      note(effects, before.kind, before.name, after->second.name);
  }
}

void compare_type_names(const Scenes& scenes, StatementEffects& effects) {
  for (const auto& [oid, before] : scenes.before.types) {
    const auto after = scenes.after.types.find(oid);
    if (after == scenes.after.types.end()) continue;
    if (after->second.schema != before.schema || after->second.name != before.name)
      note(effects, "type", scenes.before.name_of(before), scenes.after.name_of(after->second));
  }
}

void compare_labels(const Scenes& scenes, StatementEffects& effects) {
  for (const auto& [oid, after] : scenes.after.labels) {
    const auto type = scenes.before.types.find(after.type);
    if (type == scenes.before.types.end()) continue;   // the labels of a new type
    const auto before = scenes.before.labels.find(oid);
    const std::string name = scenes.before.name_of(type->second);
    if (before == scenes.before.labels.end()) effects.labels.push_back({LabelChange::added, name, "", after.text});
    else if (before->second.text != after.text) effects.labels.push_back({LabelChange::renamed, name, before->second.text, after.text});
  }
}

/// Where no event trigger tells it: what is gone, and not why. The parts of tables are told with them.
void find_drops(const Scenes& scenes, StatementEffects& effects) {
  const auto note_drop = [&](std::string kind, std::string name) { effects.drops.push_back({std::move(kind), std::move(name), false}); };
  for (const auto& [oid, name] : scenes.before.schemas)
    if (!scenes.after.schemas.contains(oid)) note_drop("schema", name);
  for (const auto& [oid, relation] : scenes.before.relations)
    if (!scenes.after.relations.contains(oid) && relation.kind != "index" && relation.kind != "sequence")
      note_drop(relation.kind == "partitioned table" ? "table" : relation.kind, relation.name);
  for (const auto& [oid, type] : scenes.before.types)
    if (!scenes.after.types.contains(oid)) note_drop("type", scenes.before.name_of(type));
}

}  // namespace

void compare_drops(const Scenes& scenes, StatementEffects& effects) {
  const auto is_member = [&](const SeenDrop& drop) { return scenes.members.contains({drop.kind, drop.identity}); };
  if (!scenes.after.triggers) return find_drops(scenes, effects);
  effects.drops = scenes.after.drops;
  std::erase_if(effects.drops, is_member);
}

void compare_names(const Scenes& scenes, StatementEffects& effects) {
  compare_schemas(scenes, effects);
  compare_relation_names(scenes, effects);
  compare_type_names(scenes, effects);
  compare_labels(scenes, effects);
}

}  // namespace cairn
