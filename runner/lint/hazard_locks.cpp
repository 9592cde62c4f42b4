#include "lint/hazard_scene.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

namespace cairn {

namespace {

using Words = std::vector<std::string>;

bool has_any(const Words& words, std::span<const std::string_view> wanted) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return std::find(wanted.begin(), wanted.end(), word) != wanted.end(); });
}

/// What of the statement takes as long as a table is large; nothing when it is done in a moment.
std::optional<std::string> slow_work(const StatementEffects& effects) {
  for (const SeenRewrite& rewrite : effects.rewrites)
    if (!rewrite.relation.fresh && rewrite.reason != "truncate") return rewrite.relation.name + " is written anew";
  for (const SeenIndex& index : effects.indexes)
    if (!index.table.fresh && index.change != IndexChange::dropped) return "index " + index.name + " is built";
  for (const SeenScan& scan : effects.scans)
    if (!scan.relation.fresh && scan.scans > 0) return scan.relation.name + " is read wholly";
  return std::nullopt;
}

/// UPDATE and DELETE have a rule of their own. Only the first slow statement behind a lock is told: those behind it are no news.
void judge_held(const HazardScene& scene, HazardList& list) {
  const std::string& command = scene.words().command;
  const std::optional<std::string> work = slow_work(scene.effects());
  if (!work || command == "UPDATE" || command == "DELETE") return;
  std::vector<std::string> tables;
  for (const SeenRelation& table : scene.locked_before())
    if (list.is_first(table)) tables.push_back(table.name);
  if (tables.empty()) return;
  list.add("lock-held-on", scene.effects(),
           fmt::format("{} {} locked against reading and writing while {}", join(tables, ", "), tables.size() == 1 ? "stays" : "stay", *work));
}

void judge_lock_table(const HazardScene& scene, HazardList& list) {
  constexpr std::array<std::string_view, 4> blocking{"ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"};
  if (scene.words().command != "LOCK") return;
  for (const SeenLock& lock : scene.effects().taken)
    if (!lock.relation.fresh && std::find(blocking.begin(), blocking.end(), lock.mode) != blocking.end())
      list.add("table-locked", scene.effects(), fmt::format("{} is locked ({}) until the revision commits", lock.relation.name, lock.mode));
}

/// RENAME, SET SCHEMA and the partitions stand alone, and to validate what was just added at once would be to add it validated.
bool may_be_joined(const HazardWords& words) {
  constexpr std::array<std::string_view, 4> alone{"RENAME", "ATTACH", "DETACH", "VALIDATE"};
  return words.command == "ALTER TABLE" && !words.targets.empty() && !has_any(words.words, alone) &&
         !holds_in_row(words.words, "SET", "SCHEMA");
}

void judge_altered(const HazardScene& scene, HazardList& list) {
  const HazardWords* const before = scene.index() == 0 ? nullptr : &scene.words_of(scene.index() - 1);
  const SeenRelation* const table = scene.old_target();
  const bool joined = before != nullptr && may_be_joined(*before) && may_be_joined(scene.words());
  if (!joined || table == nullptr || !may_mean(before->targets.front(), table->name)) return;
  if (scene.effects().in_transaction)
    list.add("alter-in-one", scene.effects(), fmt::format("{} was altered by the statement before; one could do both", table->name));
}

}  // namespace

void find_lock_hazards(const HazardScene& scene, HazardList& list) {
  judge_held(scene, list);
  judge_lock_table(scene, list);
  judge_altered(scene, list);
}

}  // namespace cairn
