#include "observe/comparison.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace cairn {

namespace {

bool keeps_rows(const SceneRelation& relation) { return relation.kind == "table" || relation.kind == "materialized view"; }

std::vector<SeenLock> seen_locks(const Scenes& scenes, const std::set<std::pair<Oid, std::string>>& locks) {
  std::vector<SeenLock> list;
  for (const auto& [oid, mode] : locks)
    if (scenes.before.relations.contains(oid) || scenes.after.relations.contains(oid))
      list.push_back({seen_relation(scenes, oid), mode});
  std::sort(list.begin(), list.end(), [](const SeenLock& a, const SeenLock& b) {
    return std::tie(a.relation.name, a.mode) < std::tie(b.relation.name, b.mode);
  });
  return list;
}

void compare_locks(const Scenes& scenes, StatementEffects& effects) {
  std::set<std::pair<Oid, std::string>> taken = scenes.after.locks;
  for (const auto& lock : scenes.before.locks) taken.erase(lock);
  effects.taken = seen_locks(scenes, taken);
  effects.held = seen_locks(scenes, scenes.after.locks);
}

std::string reason_for(const Scenes& scenes, Oid oid) {
  for (const SceneRewrite& rewrite : scenes.after.rewrites)
    if (rewrite.relation == oid) return rewrite.reason;
  return scenes.reason;
}

bool has_other(Oid before, Oid after) { return before != 0 && after != 0 && before != after; }

bool is_truncated(const Scenes& scenes, Oid oid) {
  return std::find(scenes.truncated.begin(), scenes.truncated.end(), oid) != scenes.truncated.end();
}

bool is_written_anew(const Scenes& scenes, Oid oid, const SceneRelation& before, const SceneRelation& after) {
  if (!keeps_rows(before)) return false;
  if (has_other(before.file, after.file) || has_other(before.toast_file, after.toast_file)) return true;
  return is_truncated(scenes, oid);
}

/// Counters that went back were those of a transaction that TRUNCATE has cut short.
std::uint64_t grown(std::uint64_t before, std::uint64_t after) { return after > before ? after - before : 0; }

void compare_counters(const Scenes& scenes, Oid oid, const SceneRelation& before, const SceneRelation& after,
                      StatementEffects& effects) {
  const SeenScan scan{seen_relation(scenes, oid), grown(before.scans, after.scans), grown(before.rows_read, after.rows_read)};
  // The new indexes of an emptied table are made by reading it.
  if (scan.scans > 0 && !(is_truncated(scenes, oid) && scan.rows == 0)) effects.scans.push_back(scan);
  const SeenRows rows{scan.relation, grown(before.rows.inserted, after.rows.inserted),
                      grown(before.rows.updated, after.rows.updated), grown(before.rows.deleted, after.rows.deleted)};
  if (rows.inserted + rows.updated + rows.deleted > 0) effects.rows.push_back(rows);
}

}  // namespace

SeenRelation seen_relation(const Scenes& scenes, Oid oid) {
  auto found = scenes.before.relations.find(oid);
  if (found == scenes.before.relations.end()) found = scenes.after.relations.find(oid);
  if (found == scenes.after.relations.end()) return {};
  return {found->second.name, found->second.kind, !scenes.first.relations.contains(oid)};
}

void compare_relations(const Scenes& scenes, StatementEffects& effects) {
  compare_locks(scenes, effects);
  for (const auto& [oid, after] : scenes.after.relations) {
    const auto found = scenes.before.relations.find(oid);
    const SceneRelation before = found == scenes.before.relations.end() ? SceneRelation() : found->second;
    if (is_written_anew(scenes, oid, before, after)) effects.rewrites.push_back({seen_relation(scenes, oid), reason_for(scenes, oid)});
    if (keeps_rows(after)) compare_counters(scenes, oid, before, after, effects);
  }
}

void compare_scenes(const Scenes& scenes, StatementEffects& effects) {
  compare_relations(scenes, effects);
  compare_names(scenes, effects);
  compare_columns(scenes, effects);
  compare_constraints(scenes, effects);
  compare_indexes(scenes, effects);
  compare_drops(scenes, effects);
}

}  // namespace cairn
