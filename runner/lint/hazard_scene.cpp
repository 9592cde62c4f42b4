#include "lint/hazard_scene.hpp"

#include "lint/hazards.hpp"

#include <algorithm>

namespace cairn {

namespace {

template <typename Seen>
bool names(const std::vector<Seen>& list, const SeenRelation& relation) {
  return std::any_of(list.begin(), list.end(), [&](const Seen& seen) { return seen.relation.name == relation.name; });
}

/// The first lock on a relation of this name.
const SeenRelation* find_in(const std::vector<SeenLock>& locks, std::string_view name) {
  const auto found = std::find_if(locks.begin(), locks.end(), [&](const SeenLock& lock) { return may_mean(name, lock.relation.name); });
  return found == locks.end() ? nullptr : &found->relation;
}

bool is_same(const SeenLock& a, const SeenLock& b) { return a.mode == b.mode && a.relation.name == b.relation.name; }

}  // namespace

bool is_table(const SeenRelation& relation) { return relation.kind == "table" || relation.kind == "partitioned table"; }

bool is_exclusive(const SeenLock& lock) { return lock.mode == "AccessExclusiveLock"; }

bool HazardScene::scans(const SeenRelation& relation) const {
  const auto wholly = [&](const SeenScan& scan) { return scan.scans > 0 && scan.relation.name == relation.name; };
  return std::any_of(effects().scans.begin(), effects().scans.end(), wholly);
}

bool HazardScene::rewrites(const SeenRelation& relation) const { return names(effects().rewrites, relation); }

const SeenRelation* HazardScene::find_locked(std::string_view name) const {
  const SeenRelation* const taken = find_in(effects().taken, name);
  return taken != nullptr ? taken : find_in(effects().held, name);
}

const SeenRelation* HazardScene::old_target() const {
  const SeenRelation* const target = words().targets.empty() ? nullptr : find_locked(words().targets.front());
  return target == nullptr || target->fresh ? nullptr : target;
}

std::vector<SeenRelation> HazardScene::locked_before() const {
  std::vector<SeenRelation> relations;
  for (const SeenLock& lock : effects().held) {
    const auto is_this = [&](const SeenLock& other) { return is_same(lock, other); };
    const bool now = std::any_of(effects().taken.begin(), effects().taken.end(), is_this);
    if (!now && is_exclusive(lock) && is_table(lock.relation) && !lock.relation.fresh) relations.push_back(lock.relation);
  }
  return relations;
}

void HazardList::add(std::string_view rule, const StatementEffects& statement, std::string what) {
  if (direction_ == Direction::down && !judges_downgrades(rule)) return;
  const auto same = [&](const Finding& finding) { return finding.rule == rule && finding.what == what; };
  if (std::any_of(findings_.begin(), findings_.end(), same)) return;
  const Rule* const known = find_rule(rule);
  findings_.push_back({.rule = std::string(rule),
                       .level = known == nullptr ? Level::warning : known->level,
                       .revision = revision_->id,
                       .direction = direction_,
                       .what = std::move(what),
                       .place = statement.place,
                       .statement = statement.text,
                       .accepted = {}});
}

}  // namespace cairn
