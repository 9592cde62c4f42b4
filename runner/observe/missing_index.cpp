#include "observe/missing_index.hpp"

#include "observe/comparison.hpp"

#include <algorithm>

namespace cairn {

namespace {

/// In any order: equality is asked of all of them.
bool leads_with(const SceneIndex& index, const std::vector<int>& columns) {
  const std::size_t count = columns.size();
  if (!index.valid || !index.finds_equal || index.key_columns < count) return false;
  return std::is_permutation(columns.begin(), columns.end(), index.columns.begin(), index.columns.begin() + static_cast<std::ptrdiff_t>(count));
}

bool has_index(const Scene& scene, const SceneConstraint& key) {
  return std::any_of(scene.indexes.begin(), scene.indexes.end(), [&](const auto& entry) {
    return entry.second.table == key.relation && leads_with(entry.second, key.columns);
  });
}

bool lacks_index(const Scene& scene, Oid oid) {
  const auto found = scene.constraints.find(oid);
  return found != scene.constraints.end() && found->second.type == "foreign key" && !has_index(scene, found->second);
}

}  // namespace

std::vector<SeenConstraint> find_new_without_index(const Scene& first, const Scene& now) {
  std::vector<SeenConstraint> list;
  const Passage passage{first, now, now, "", {}};
  for (const auto& [oid, key] : now.constraints) {
    if (!lacks_index(now, oid) || lacks_index(first, oid)) continue;
    list.push_back({.change = key.validated ? ConstraintChange::added : ConstraintChange::added_not_valid,
                    .relation = seen_relation(passage, key.relation),
                    .name = key.name,
                    .type = key.type,
                    .definition = key.definition,
                    .references = seen_relation(passage, key.references).name});
  }
  return list;
}

}  // namespace cairn
