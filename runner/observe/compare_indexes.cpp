#include "observe/comparison.hpp"

#include <algorithm>
#include <optional>

namespace cairn {

namespace {

using Indexes = std::map<Oid, SceneIndex>;

/// A change of type drops the indexes of a column and makes them again; so does REINDEX CONCURRENTLY.
std::optional<Oid> find_again(const Scene& here, Oid oid, const Scene& there) {
  const SceneIndex& index = here.indexes.at(oid);
  const std::string& name = here.relations.at(oid).own_name;
  for (const auto& [other, entry] : there.indexes)
    if (!here.indexes.contains(other) && entry.table == index.table && there.relations.at(other).own_name == name) return other;
  return std::nullopt;
}

void note(const Scenes& scenes, IndexChange change, Oid oid, const SceneIndex& index, StatementEffects& effects) {
  effects.indexes.push_back({.change = change,
                             .name = seen_relation(scenes, oid).name,
                             .table = seen_relation(scenes, index.table),
                             .definition = index.definition,
                             .key_columns = index.key_columns,
                             .unique = index.unique,
                             .valid = index.valid,
                             .of_constraint = index.of_constraint});
}

bool has_another_file(const Scene& before, Oid old, const Scene& after, Oid now) {
  return before.relations.at(old).file != after.relations.at(now).file;
}

/// A table that is emptied gets empty indexes: nothing is built.
bool is_emptied(const Scenes& scenes, Oid table) {
  return scenes.reason == "truncate" ||
         std::find(scenes.truncated.begin(), scenes.truncated.end(), table) != scenes.truncated.end();
}

void compare_one(const Scenes& scenes, Oid oid, const SceneIndex& before, StatementEffects& effects) {
  const Scene& after = scenes.after;
  const std::optional<Oid> now = after.indexes.contains(oid) ? oid : find_again(scenes.before, oid, after);
  if (!now) return note(scenes, IndexChange::dropped, oid, before, effects);
  if (has_another_file(scenes.before, oid, after, *now) && !is_emptied(scenes, before.table))
    note(scenes, IndexChange::rebuilt, *now, after.indexes.at(*now), effects);
}

}  // namespace

void compare_indexes(const Scenes& scenes, StatementEffects& effects) {
  for (const auto& [oid, index] : scenes.before.indexes)
    if (scenes.after.relations.contains(index.table)) compare_one(scenes, oid, index, effects);
  for (const auto& [oid, index] : scenes.after.indexes)
    if (!scenes.before.indexes.contains(oid) && !find_again(scenes.after, oid, scenes.before))
      note(scenes, IndexChange::made, oid, index, effects);
}

}  // namespace cairn
