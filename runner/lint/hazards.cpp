#include "lint/hazards.hpp"

#include "base/text.hpp"
#include "lint/hazard_scene.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace cairn {

namespace {

/// What blocks others, loses rows for good, or fails where there are rows.
constexpr std::array<std::string_view, 19> of_downgrades{
    "index-blocks-writes", "index-rebuild-locks", "check-scans", "foreign-key-scans", "not-null-scans", "constraint-builds-index",
    "exclusion-builds-index", "primary-key-scans", "attach-scans", "table-rewritten", "refresh-blocks-reads", "table-locked",
    "lock-held-on", "backfill-locks", "all-rows-updated", "all-rows-deleted", "table-truncated", "truncate-cascades",
    "column-needs-value"};

void find_in_statement(const HazardScene& scene, HazardList& list) {
  find_index_hazards(scene, list);
  find_constraint_hazards(scene, list);
  find_rewrite_hazards(scene, list);
  find_column_hazards(scene, list);
  find_drop_hazards(scene, list);
  find_rename_hazards(scene, list);
  find_row_hazards(scene, list);
  find_lock_hazards(scene, list);
}

Finding idle(const Revision& revision, std::string what) {
  const Rule* const rule = find_rule("accepts-nothing");
  return {.rule = std::string(rule->id), .level = rule->level, .revision = revision.id, .direction = {}, .what = std::move(what),
          .place = {}, .statement = {}, .accepted = {}};
}

}  // namespace

bool judges_downgrades(std::string_view rule) {
  return std::find(of_downgrades.begin(), of_downgrades.end(), rule) != of_downgrades.end();
}

std::vector<Finding> find_hazards(const Revision& revision, Direction direction, const StepEffects& effects) {
  std::vector<HazardWords> words;
  for (const StatementEffects& statement : effects.statements) words.push_back(read_hazard_words(statement.text));
  HazardList list(revision, direction);
  for (std::size_t i = 0; i < effects.statements.size(); ++i)
    if (!effects.statements[i].failed) find_in_statement(HazardScene(revision, effects, words, i), list);
  find_missing_indexes(effects, list);
  return list.take();
}

std::vector<Finding> find_idle_acceptances(const Revision& revision, std::span<const Finding> findings) {
  std::vector<Finding> idle_ones;
  for (const Acceptance& acceptance : revision.accepts) {
    const auto of_rule = [&](const Finding& finding) { return finding.rule == acceptance.rule && finding.revision == revision.id; };
    if (find_rule(acceptance.rule) == nullptr)
      idle_ones.push_back(idle(revision, fmt::format("\"{}\" is no rule", printable(acceptance.rule, 64))));
    else if (acceptance.reason.empty())
      idle_ones.push_back(idle(revision, fmt::format("accepting {} without a reason accepts nothing", acceptance.rule)));
    else if (std::none_of(findings.begin(), findings.end(), of_rule))
      idle_ones.push_back(idle(revision, fmt::format("{} finds nothing that could be accepted", acceptance.rule)));
  }
  return idle_ones;
}

}  // namespace cairn
