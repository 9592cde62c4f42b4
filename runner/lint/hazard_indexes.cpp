#include "lint/hazard_scene.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t most_useful_columns = 3;

bool is_concurrent(const HazardScene& scene) { return scene.words().has("CONCURRENTLY"); }

/// An index that goes with its table needs no words of its own.
bool is_dropped(const HazardScene& scene, const SeenRelation& table) {
  const auto it_is = [&](const SeenDrop& drop) { return drop.kind == "table" && drop.identity == table.name; };
  return std::any_of(scene.effects().drops.begin(), scene.effects().drops.end(), it_is);
}

/// Nor one that goes with a column.
bool loses_column(const HazardScene& scene, const SeenRelation& table) {
  const auto it_does = [&](const SeenColumn& column) {
    return column.change == ColumnChange::dropped && column.relation.name == table.name;
  };
  return std::any_of(scene.effects().columns.begin(), scene.effects().columns.end(), it_does);
}

void judge_width(const HazardScene& scene, const SeenIndex& index, HazardList& list) {
  if (index.unique || index.of_constraint || index.key_columns <= most_useful_columns) return;
  list.add("index-wide", scene.effects(), fmt::format("index {} of {} has {} columns", index.name, index.table.name, index.key_columns));
}

void judge_made(const HazardScene& scene, const SeenIndex& index, HazardList& list) {
  judge_width(scene, index, list);
  if (index.table.fresh || index.of_constraint || is_concurrent(scene)) return;
  list.add("index-blocks-writes", scene.effects(),
           fmt::format("{} cannot be written while its index {} is built", index.table.name, index.name));
}

void judge_dropped(const HazardScene& scene, const SeenIndex& index, HazardList& list) {
  const bool alone = !index.of_constraint && !is_dropped(scene, index.table) && !loses_column(scene, index.table);
  if (index.table.fresh || is_concurrent(scene) || !alone) return;
  list.add("index-drop-locks", scene.effects(),
           fmt::format("{} cannot be read or written while its index {} is dropped", index.table.name, index.name));
}

/// A rewritten table has its indexes built anew as well; that is another rule's.
void judge_rebuilt(const HazardScene& scene, const SeenIndex& index, HazardList& list) {
  if (index.table.fresh || is_concurrent(scene) || scene.rewrites(index.table)) return;
  list.add("index-rebuild-locks", scene.effects(),
           fmt::format("{} cannot be written while its index {} is built anew", index.table.name, index.name));
}

/// The statement that has to do with the constraint: the one that added it, else the first that touched its table.
const StatementEffects* statement_of(const StepEffects& step, const SeenConstraint& key) {
  const StatementEffects* touching = nullptr;
  for (const StatementEffects& statement : step.statements) {
    for (const SeenConstraint& added : statement.constraints)
      if (added.name == key.name && added.relation.name == key.relation.name) return &statement;
    const auto locks = [&](const SeenLock& lock) { return lock.relation.name == key.relation.name; };
    if (touching == nullptr && std::any_of(statement.taken.begin(), statement.taken.end(), locks)) touching = &statement;
  }
  return touching;
}

}  // namespace

void find_index_hazards(const HazardScene& scene, HazardList& list) {
  for (const SeenIndex& index : scene.effects().indexes) {
    if (index.change == IndexChange::made) judge_made(scene, index, list);
    if (index.change == IndexChange::dropped) judge_dropped(scene, index, list);
    if (index.change == IndexChange::rebuilt) judge_rebuilt(scene, index, list);
  }
}

void find_missing_indexes(const StepEffects& step, HazardList& list) {
  for (const SeenConstraint& key : step.without_index) {
    const StatementEffects* const statement = statement_of(step, key);
    if (statement == nullptr) continue;
    list.add("foreign-key-without-index", *statement,
             fmt::format("{} has no index for its foreign key {}, so changing {} looks through it", key.relation.name, key.name,
                         key.references));
  }
}

}  // namespace cairn
