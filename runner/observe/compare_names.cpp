#include "observe/comparison.hpp"

namespace cairn {

namespace {

void note(StatementEffects& effects, std::string kind, std::string before, std::string after) {
  effects.renames.push_back({std::move(kind), std::move(before), std::move(after)});
}

/// What only stands in a schema that has another name keeps its own.
void compare_schemas(const Passage& passage, StatementEffects& effects) {
  for (const auto& [oid, before] : passage.before.schemas) {
    const auto after = passage.after.schemas.find(oid);
    if (after != passage.after.schemas.end() && after->second != before) note(effects, "schema", before, after->second);
  }
}

void compare_relation_names(const Passage& passage, StatementEffects& effects) {
  for (const auto& [oid, before] : passage.before.relations) {
    const auto after = passage.after.relations.find(oid);
    if (after == passage.after.relations.end()) continue;
    if (after->second.schema != before.schema || after->second.own_name != before.own_name)
      note(effects, before.kind, before.name, after->second.name);
  }
}

void compare_type_names(const Passage& passage, StatementEffects& effects) {
  for (const auto& [oid, before] : passage.before.types) {
    const auto after = passage.after.types.find(oid);
    if (after == passage.after.types.end()) continue;
    if (after->second.schema != before.schema || after->second.name != before.name)
      note(effects, "type", passage.before.name_of(before), passage.after.name_of(after->second));
  }
}

void compare_labels(const Passage& passage, StatementEffects& effects) {
  for (const auto& [oid, after] : passage.after.labels) {
    const auto type = passage.before.types.find(after.type);
    if (type == passage.before.types.end()) continue;   // the labels of a new type
    const auto before = passage.before.labels.find(oid);
    const std::string name = passage.before.name_of(type->second);
    if (before == passage.before.labels.end()) effects.labels.push_back({LabelChange::added, name, "", after.text});
    else if (before->second.text != after.text) effects.labels.push_back({LabelChange::renamed, name, before->second.text, after.text});
  }
}

/// Where no event trigger tells it: what is gone, and not why. The parts of tables are told with them.
void find_drops(const Passage& passage, StatementEffects& effects) {
  const auto note_drop = [&](std::string kind, std::string name) { effects.drops.push_back({std::move(kind), std::move(name), false}); };
  for (const auto& [oid, name] : passage.before.schemas)
    if (!passage.after.schemas.contains(oid)) note_drop("schema", name);
  for (const auto& [oid, relation] : passage.before.relations)
    if (!passage.after.relations.contains(oid) && relation.kind != "index" && relation.kind != "sequence")
      note_drop(relation.kind == "partitioned table" ? "table" : relation.kind, relation.name);
  for (const auto& [oid, type] : passage.before.types)
    if (!passage.after.types.contains(oid)) note_drop("type", passage.before.name_of(type));
}

}  // namespace

void compare_drops(const Passage& passage, StatementEffects& effects) {
  if (passage.after.triggers) effects.drops = passage.after.drops;
  else find_drops(passage, effects);
}

void compare_names(const Passage& passage, StatementEffects& effects) {
  compare_schemas(passage, effects);
  compare_relation_names(passage, effects);
  compare_type_names(passage, effects);
  compare_labels(passage, effects);
}

}  // namespace cairn
