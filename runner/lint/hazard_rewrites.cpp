#include "lint/hazard_scene.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace cairn {

namespace {

constexpr std::array<std::string_view, 7> numbering{"SERIAL",  "BIGSERIAL", "SMALLSERIAL", "SERIAL2",
                                                    "SERIAL4", "SERIAL8",   "IDENTITY"};

/// The server calls all of these "default".
std::string_view kind_of_default(const HazardWords& words) {
  if (words.has("STORED")) return "a generated column is stored";
  const auto used = [&](std::string_view word) { return words.has(word); };
  if (std::any_of(numbering.begin(), numbering.end(), used)) return "a new column numbers the rows";
  return "a new column has a value of its own in each row";
}

std::string_view reason_of(const SeenRewrite& rewrite, const HazardWords& words) {
  if (rewrite.reason == "type") return "a column gets another type";
  if (rewrite.reason == "default") return kind_of_default(words);
  if (rewrite.reason == "persistence") return "it becomes logged or unlogged";
  if (rewrite.reason == "access method") return "it gets another access method";
  if (rewrite.reason == "cluster" || words.command == "CLUSTER") return "its rows are put in order";
  if (words.command == "VACUUM") return "VACUUM FULL takes out dead rows";
  return "";
}

bool may_mean_any(const std::vector<std::string>& written, const SeenRelation& relation) {
  return std::any_of(written.begin(), written.end(), [&](const std::string& name) { return may_mean(name, relation.name); });
}

/// The tables that are named are told by their locks: one that an earlier statement rewrote, and a partitioned one, show no
/// rewrite.
void judge_truncate(const HazardScene& scene, HazardList& list) {
  for (const std::string& name : scene.words().targets) {
    const SeenRelation* const table = scene.find_locked(name);
    if (table != nullptr && !table->fresh)
      list.add("table-truncated", scene.effects(), fmt::format("{} loses every row", table->name));
  }
  if (!scene.words().has("CASCADE")) return;
  for (const SeenRewrite& rewrite : scene.effects().rewrites)
    if (!rewrite.relation.fresh && is_table(rewrite.relation) && !may_mean_any(scene.words().targets, rewrite.relation))
      list.add("truncate-cascades", scene.effects(),
               fmt::format("{} loses every row, and the statement does not name it", rewrite.relation.name));
}

void judge_rewrite(const HazardScene& scene, const SeenRewrite& rewrite, HazardList& list) {
  const std::string_view reason = reason_of(rewrite, scene.words());
  list.add("table-rewritten", scene.effects(),
           fmt::format("{} is written anew, and cannot be read or written meanwhile{}{}", rewrite.relation.name,
                       reason.empty() ? "" : ": ", reason));
}

}  // namespace

void find_rewrite_hazards(const HazardScene& scene, HazardList& list) {
  if (scene.words().command == "TRUNCATE") return judge_truncate(scene, list);
  for (const SeenRewrite& rewrite : scene.effects().rewrites) {
    if (rewrite.relation.fresh || rewrite.reason == "truncate") continue;
    if (rewrite.relation.kind != "materialized view") judge_rewrite(scene, rewrite, list);
    else if (!scene.words().has("CONCURRENTLY"))
      list.add("refresh-blocks-reads", scene.effects(), fmt::format("{} cannot be read while it is refreshed", rewrite.relation.name));
  }
}

}  // namespace cairn
