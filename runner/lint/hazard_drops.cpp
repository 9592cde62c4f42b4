#include "lint/hazard_scene.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace cairn {

namespace {

constexpr std::size_t most_named = 5;

/// Rows or values go with these.
bool holds_data(const SeenDrop& drop) { return drop.kind == "table" || drop.kind == "table column"; }

/// Parts of what is dropped, which nobody would name.
bool is_part(const SeenDrop& drop) {
  constexpr std::array<std::string_view, 6> parts{"index", "toast table", "default value", "trigger", "rule", "sequence"};
  return std::find(parts.begin(), parts.end(), drop.kind) != parts.end();
}

std::string named(const std::vector<const SeenDrop*>& drops) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(drops.size(), most_named); ++i) names.push_back(drops[i]->kind + " " + drops[i]->identity);
  const std::string rest = drops.size() > most_named ? fmt::format(" and {} more", drops.size() - most_named) : "";
  return join(names, ", ") + rest;
}

/// Its partitions go with it; whoever drops it means them.
bool drops_partitioned(const HazardScene& scene) {
  return std::any_of(scene.effects().drops.begin(), scene.effects().drops.end(), [&](const SeenDrop& drop) {
    const SeenRelation* const relation = drop.cascaded ? nullptr : scene.find_locked(drop.identity);
    return relation != nullptr && relation->kind == "partitioned table";
  });
}

void judge_cascade(const HazardScene& scene, HazardList& list) {
  std::vector<const SeenDrop*> with_data, others;
  const bool partitions = drops_partitioned(scene);
  for (const SeenDrop& drop : scene.effects().drops) {
    if (!drop.cascaded || is_part(drop) || (partitions && drop.kind == "table")) continue;
    (holds_data(drop) ? with_data : others).push_back(&drop);
  }
  if (!with_data.empty())
    list.add("cascade-loses-data", scene.effects(), fmt::format("dropped with its data, without being named: {}", named(with_data)));
  if (!others.empty()) list.add("drop-cascades", scene.effects(), fmt::format("dropped without being named: {}", named(others)));
}

bool is_fresh(const HazardScene& scene, const SeenDrop& drop) {
  const SeenRelation* const relation = scene.find_locked(drop.identity);
  return relation != nullptr && relation->fresh;
}

/// A view is often dropped to be made anew with other columns.
bool comes_back(const HazardScene& scene, const SeenDrop& drop) {
  const auto& statements = scene.step().statements;
  for (std::size_t i = scene.index() + 1; i < statements.size(); ++i)
    for (const SeenLock& lock : statements[i].taken)
      if (lock.relation.fresh && lock.relation.name == drop.identity) return true;
  return false;
}

void judge_named(const HazardScene& scene, const SeenDrop& drop, HazardList& list) {
  if (drop.cascaded || scene.revision().phase == "contract" || is_fresh(scene, drop)) return;
  if (drop.kind == "table" || drop.kind == "foreign table")
    list.add("table-dropped", scene.effects(), fmt::format("{} is dropped with its rows", drop.identity));
  if ((drop.kind == "view" || drop.kind == "materialized view") && !comes_back(scene, drop))
    list.add("view-dropped", scene.effects(), fmt::format("{} is dropped", drop.identity));
}

}  // namespace

void find_drop_hazards(const HazardScene& scene, HazardList& list) {
  for (const SeenDrop& drop : scene.effects().drops) judge_named(scene, drop, list);
  judge_cascade(scene, list);
}

}  // namespace cairn
