#include "observe/comparison.hpp"

#include <algorithm>

namespace cairn {

namespace {

using Constraints = std::map<Oid, SceneConstraint>;

/// A change of type drops the constraints of a column and makes them again.
bool is_made_again(const SceneConstraint& constraint, const Constraints& others, const Constraints& not_among) {
  return std::any_of(others.begin(), others.end(), [&](const auto& entry) {
    const SceneConstraint& other = entry.second;
    return other.relation == constraint.relation && other.name == constraint.name && other.type == constraint.type &&
           other.definition == constraint.definition && other.validated == constraint.validated && !not_among.contains(entry.first);
  });
}

void note(const Scenes& scenes, ConstraintChange change, const SceneConstraint& constraint, StatementEffects& effects) {
  SeenConstraint seen{.change = change,
                      .relation = seen_relation(scenes, constraint.relation),
                      .name = constraint.name,
                      .type = constraint.type,
                      .definition = constraint.definition,
                      .references = constraint.references == 0 ? "" : seen_relation(scenes, constraint.references).name};
  effects.constraints.push_back(std::move(seen));
}

void compare_one(const Scenes& scenes, Oid oid, const SceneConstraint& before, StatementEffects& effects) {
  const Constraints& after = scenes.after.constraints;
  const auto found = after.find(oid);
  if (found != after.end()) {
    if (!before.validated && found->second.validated) note(scenes, ConstraintChange::validated, found->second, effects);
  } else if (!is_made_again(before, after, scenes.before.constraints)) {
    note(scenes, ConstraintChange::dropped, before, effects);
  }
}

}  // namespace

void compare_constraints(const Scenes& scenes, StatementEffects& effects) {
  const Constraints& before = scenes.before.constraints;
  for (const auto& [oid, constraint] : before)
    if (scenes.after.relations.contains(constraint.relation)) compare_one(scenes, oid, constraint, effects);
  for (const auto& [oid, constraint] : scenes.after.constraints) {
    if (before.contains(oid) || is_made_again(constraint, before, scenes.after.constraints)) continue;
    note(scenes, constraint.validated ? ConstraintChange::added : ConstraintChange::added_not_valid, constraint, effects);
  }
}

}  // namespace cairn
