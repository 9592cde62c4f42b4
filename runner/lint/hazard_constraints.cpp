#include "lint/hazard_scene.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

bool is_key(const SeenConstraint& constraint) { return constraint.type == "unique" || constraint.type == "primary key"; }

/// USING INDEX takes one that is there.
bool builds_index(const HazardScene& scene, const SeenConstraint& constraint) {
  const auto for_it = [&](const SeenIndex& index) {
    return index.change == IndexChange::made && index.table.name == constraint.relation.name && index.of_constraint;
  };
  return std::any_of(scene.effects().indexes.begin(), scene.effects().indexes.end(), for_it);
}

void judge_key(const HazardScene& scene, const SeenConstraint& key, HazardList& list) {
  if (builds_index(scene, key))
    list.add("constraint-builds-index", scene.effects(),
             fmt::format("{} cannot be read or written while the index of its {} {} is built", key.relation.name,
                         key.type == "unique" ? "unique constraint" : key.type, key.name));
  else if (key.type == "primary key" && scene.scans(key.relation))
    list.add("primary-key-scans", scene.effects(),
             fmt::format("{} cannot be read or written while the columns of its primary key {} are looked through for NULL",
                         key.relation.name, key.name));
}

/// A scan shows that rows were checked: a column that was added with the constraint may need none.
void judge_added(const HazardScene& scene, const SeenConstraint& added, HazardList& list) {
  const std::string& table = added.relation.name;
  if (is_key(added)) return judge_key(scene, added, list);
  if (added.type == "exclusion")
    list.add("exclusion-builds-index", scene.effects(),
             fmt::format("{} cannot be read or written while the index of its exclusion constraint {} is built", table, added.name));
  if (!scene.scans(added.relation)) return;
  if (added.type == "check")
    list.add("check-scans", scene.effects(),
             fmt::format("{} cannot be read or written while every row is checked for {}", table, added.name));
  if (added.type == "foreign key")
    list.add("foreign-key-scans", scene.effects(),
             fmt::format("{}{}{} cannot be written while every row is checked for {}", table, added.references == table ? "" : " and ",
                         added.references == table ? "" : added.references, added.name));
}

bool adds_primary_key(const HazardScene& scene, const SeenRelation& relation) {
  const auto it_is = [&](const SeenConstraint& one) { return one.type == "primary key" && one.relation.name == relation.name; };
  return std::any_of(scene.effects().constraints.begin(), scene.effects().constraints.end(), it_is);
}

void judge_not_null(const HazardScene& scene, const SeenColumn& column, HazardList& list) {
  const bool other_rule = adds_primary_key(scene, column.relation) || scene.rewrites(column.relation);
  if (column.relation.fresh || other_rule || !scene.scans(column.relation)) return;
  list.add("not-null-scans", scene.effects(),
           fmt::format("{} cannot be read or written while its column {} is looked through for NULL", column.relation.name, column.name));
}

void judge_attached(const HazardScene& scene, HazardList& list) {
  if (scene.words().command != "ALTER TABLE" || !holds_in_row(scene.words().words, "ATTACH", "PARTITION")) return;
  for (const SeenScan& scan : scene.effects().scans)
    if (!scan.relation.fresh && is_table(scan.relation))
      list.add("attach-scans", scene.effects(),
               fmt::format("{} cannot be read or written while every row is checked against the bounds", scan.relation.name));
}

}  // namespace

void find_constraint_hazards(const HazardScene& scene, HazardList& list) {
  for (const SeenConstraint& constraint : scene.effects().constraints)
    if (constraint.change == ConstraintChange::added && !constraint.relation.fresh) judge_added(scene, constraint, list);
  for (const SeenColumn& column : scene.effects().columns)
    if (column.change == ColumnChange::not_null_set) judge_not_null(scene, column, list);
  judge_attached(scene, list);
}

}  // namespace cairn
