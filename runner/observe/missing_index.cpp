#include "observe/missing_index.hpp"

#include "observe/comparison.hpp"

#include <algorithm>

namespace cairn {

namespace {

/// In any order: equality is asked of all of them.
bool leads_with(const SceneIndex& index, const std::vector<int>& columns) {
  if (!index.valid || !index.finds_equal || index.key_columns < columns.size()) return false;
  const auto end = index.columns.begin() + static_cast<std::ptrdiff_t>(columns.size());
  return std::is_permutation(columns.begin(), columns.end(), index.columns.begin(), end);
}

bool lacks_index(const Scene& scene, const SceneConstraint& key) {
  return key.type == "foreign key" && std::none_of(scene.indexes.begin(), scene.indexes.end(), [&](const auto& entry) {
    return entry.second.table == key.relation && leads_with(entry.second, key.columns);
  });
}

/// By its name: a change of type makes a constraint again.
bool lacked_index(const Scene& first, const SceneConstraint& key) {
  return std::any_of(first.constraints.begin(), first.constraints.end(), [&](const auto& entry) {
    const SceneConstraint& other = entry.second;
    return other.relation == key.relation && other.name == key.name && lacks_index(first, other);
  });
}

}  // namespace

std::vector<SeenConstraint> find_new_without_index(const Scene& first, const Scene& now) {
  std::vector<SeenConstraint> list;
  const Scenes scenes{first, now, now, "", {}, {}};
  for (const auto& [oid, key] : now.constraints) {
    if (!lacks_index(now, key) || lacked_index(first, key)) continue;
    list.push_back({.change = key.validated ? ConstraintChange::added : ConstraintChange::added_not_valid,
                    .relation = seen_relation(scenes, key.relation),
                    .name = key.name,
                    .type = key.type,
                    .definition = key.definition,
                    .references = seen_relation(scenes, key.references).name});
  }
  return list;
}

}  // namespace cairn
