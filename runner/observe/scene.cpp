#include "observe/scene.hpp"

#include <algorithm>
#include <iterator>

namespace cairn {

namespace {

std::set<Oid> touched_in(const Scene& scene, const Scene& before) {
  std::set<Oid> touched;
  for (const auto& [oid, mode] : before.locks) touched.insert(oid);
  for (const auto& [oid, mode] : scene.locks) touched.insert(oid);
  for (const auto& [oid, index] : before.indexes)
    if (touched.contains(index.table)) touched.insert(oid);
  return touched;
}

/// The entries whose relation passes.
template <typename Entries, typename Passes>
void copy_entries(const Entries& from, Entries& to, const Passes& passes) {
  std::copy_if(from.begin(), from.end(), std::inserter(to, to.end()), passes);
}

}  // namespace

std::string Scene::name_of(const SceneType& type) const {
  const auto schema = schemas.find(type.schema);
  return schema == schemas.end() ? type.name : schema->second + "." + type.name;
}

void take_over(Scene& scene, const Scene& before) {
  const std::set<Oid> touched = touched_in(scene, before);
  copy_entries(before.relations, scene.relations, [&](const auto& entry) { return !touched.contains(entry.first); });
  copy_entries(before.columns, scene.columns, [&](const auto& entry) { return !touched.contains(entry.first.first); });
  copy_entries(before.constraints, scene.constraints, [&](const auto& entry) { return !touched.contains(entry.second.relation); });
  copy_entries(before.indexes, scene.indexes, [&](const auto& entry) { return !touched.contains(entry.second.table); });
}

void name_relations(Scene& scene) {
  for (auto& [oid, relation] : scene.relations) relation.name = scene.name_of(SceneType{relation.schema, relation.own_name});
}

}  // namespace cairn
