#include "observe/comparison.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace cairn {

namespace {

bool keeps_rows(const SceneRelation& relation) { return relation.kind == "table" || relation.kind == "materialized view"; }

std::vector<SeenLock> seen_locks(const Passage& passage, const std::set<std::pair<Oid, std::string>>& locks) {
  std::vector<SeenLock> list;
  for (const auto& [oid, mode] : locks)
    if (passage.before.relations.contains(oid) || passage.after.relations.contains(oid))
      list.push_back({seen_relation(passage, oid), mode});
  std::sort(list.begin(), list.end(), [](const SeenLock& a, const SeenLock& b) {
    return std::tie(a.relation.name, a.mode) < std::tie(b.relation.name, b.mode);
  });
  return list;
}

void compare_locks(const Passage& passage, StatementEffects& effects) {
  std::set<std::pair<Oid, std::string>> taken = passage.after.locks;
  for (const auto& lock : passage.before.locks) taken.erase(lock);
  effects.taken = seen_locks(passage, taken);
  effects.held = seen_locks(passage, passage.after.locks);
}

std::string reason_for(const Passage& passage, Oid oid) {
  for (const SceneRewrite& rewrite : passage.after.rewrites)
    if (rewrite.relation == oid) return rewrite.reason;
  return passage.reason;
}

bool has_other(Oid before, Oid after) { return before != 0 && after != 0 && before != after; }

bool is_truncated(const Passage& passage, Oid oid) {
  return std::find(passage.truncated.begin(), passage.truncated.end(), oid) != passage.truncated.end();
}

bool is_written_anew(const Passage& passage, Oid oid, const SceneRelation& before, const SceneRelation& after) {
  if (!keeps_rows(before)) return false;
  if (has_other(before.file, after.file) || has_other(before.toast_file, after.toast_file)) return true;
  return is_truncated(passage, oid);
}

/// Counters that went back were those of a transaction that TRUNCATE has cut short.
std::uint64_t grown(std::uint64_t before, std::uint64_t after) { return after > before ? after - before : 0; }

void compare_counters(const Passage& passage, Oid oid, const SceneRelation& before, const SceneRelation& after,
                      StatementEffects& effects) {
  const SeenScan scan{seen_relation(passage, oid), grown(before.scans, after.scans), grown(before.rows_read, after.rows_read)};
  // The new indexes of an emptied table are made by reading it.
  if (scan.scans > 0 && !(is_truncated(passage, oid) && scan.rows == 0)) effects.scans.push_back(scan);
  const SeenRows rows{scan.relation, grown(before.rows.inserted, after.rows.inserted),
                      grown(before.rows.updated, after.rows.updated), grown(before.rows.deleted, after.rows.deleted)};
  if (rows.inserted + rows.updated + rows.deleted > 0) effects.rows.push_back(rows);
}

}  // namespace

SeenRelation seen_relation(const Passage& passage, Oid oid) {
  auto found = passage.before.relations.find(oid);
  if (found == passage.before.relations.end()) found = passage.after.relations.find(oid);
  if (found == passage.after.relations.end()) return {};
  return {found->second.name, found->second.kind, !passage.first.relations.contains(oid)};
}

void compare_relations(const Passage& passage, StatementEffects& effects) {
  compare_locks(passage, effects);
  for (const auto& [oid, after] : passage.after.relations) {
    const auto found = passage.before.relations.find(oid);
    const SceneRelation before = found == passage.before.relations.end() ? SceneRelation() : found->second;
    if (is_written_anew(passage, oid, before, after)) effects.rewrites.push_back({seen_relation(passage, oid), reason_for(passage, oid)});
    if (keeps_rows(after)) compare_counters(passage, oid, before, after, effects);
  }
}

void compare_scenes(const Passage& passage, StatementEffects& effects) {
  compare_relations(passage, effects);
  compare_names(passage, effects);
  compare_columns(passage, effects);
  compare_constraints(passage, effects);
  compare_indexes(passage, effects);
  compare_drops(passage, effects);
}

}  // namespace cairn
