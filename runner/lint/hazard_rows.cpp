#include "lint/hazard_scene.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

/// On a server without rows a scan says that a statement goes through all of a table; on one with rows this many do, too.
constexpr std::uint64_t many_rows = 1000;

bool is_written(const HazardScene& scene, const SeenRelation& relation) {
  const auto it_is = [&](const SeenRows& rows) { return rows.relation.name == relation.name && rows.updated + rows.deleted > many_rows; };
  return std::any_of(scene.effects().rows.begin(), scene.effects().rows.end(), it_is);
}

void judge_all_rows(const HazardScene& scene, const SeenRelation& table, HazardList& list) {
  if (scene.words().has("WHERE")) return;
  if (scene.words().command == "UPDATE")
    list.add("all-rows-updated", scene.effects(), fmt::format("every row of {} is updated", table.name));
  if (scene.words().command == "DELETE")
    list.add("all-rows-deleted", scene.effects(), fmt::format("every row of {} is deleted", table.name));
}

/// The table itself rather than another one, where both are locked.
void judge_backfill(const HazardScene& scene, const SeenRelation& table, HazardList& list) {
  const std::vector<SeenRelation> locked = scene.locked_before();
  if (locked.empty() || (!scene.scans(table) && !is_written(scene, table))) return;
  const auto it_is = [&](const SeenRelation& one) { return one.name == table.name; };
  const SeenRelation& kept = std::any_of(locked.begin(), locked.end(), it_is) ? table : locked.front();
  list.add("backfill-locks", scene.effects(),
           fmt::format("{} stays locked against reading and writing while rows of {} are written", kept.name, table.name));
}

}  // namespace

void find_row_hazards(const HazardScene& scene, HazardList& list) {
  if (scene.words().command != "UPDATE" && scene.words().command != "DELETE") return;
  const SeenRelation* const table = scene.old_target();
  if (table == nullptr) return;
  judge_all_rows(scene, *table, list);
  judge_backfill(scene, *table, list);
}

}  // namespace cairn
