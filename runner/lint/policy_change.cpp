#include "lint/policies.hpp"

#include "base/text.hpp"
#include "lint/policy_finding.hpp"
#include "lint/policy_objects.hpp"
#include "lint/policy_reference.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace cairn {

namespace {

constexpr std::size_t most_listed = 5;

std::string listed(const std::vector<std::string>& names) {
  const std::span<const std::string> first(names.data(), std::min(names.size(), most_listed));
  return join(first, ", ") + (names.size() > most_listed ? fmt::format(" and {} more", names.size() - most_listed) : "");
}

/// Rows of one table that a revision inserted, with the first statement that did.
struct Inserted {
  std::uint64_t rows = 0;
  const StatementEffects* statement = nullptr;
};

bool is_table(const SeenRelation& relation) {
  return relation.kind == "table" || relation.kind == "partitioned table" || relation.kind == "foreign table";
}

std::map<std::string, Inserted> inserted_rows(const StepEffects& effects) {
  std::map<std::string, Inserted> tables;
  for (const StatementEffects& statement : effects.statements)
    for (const SeenRows& rows : statement.rows) {
      if (rows.inserted == 0 || !is_table(rows.relation)) continue;
      Inserted& inserted = tables[rows.relation.name];
      inserted.rows += rows.inserted;
      if (inserted.statement == nullptr) inserted.statement = &statement;
    }
  return tables;
}

/// Their comments too.
bool is_schema_or_extension(const Difference& difference) {
  if (difference.kind == "comment") return difference.identity.starts_with("schema ") || difference.identity.starts_with("extension ");
  return difference.kind == "schema" || difference.kind == "extension";
}

std::vector<Finding> judge_baseline(const Revision& revision, const std::vector<Difference>& made, const StepEffects& effects) {
  std::vector<std::string> more;
  for (const Difference& difference : made)
    if (!is_schema_or_extension(difference)) more.push_back(fmt::format("{} {}", difference.kind, difference.identity));
  for (const auto& [table, inserted] : inserted_rows(effects)) more.push_back(fmt::format("{} in {}", count_of(inserted.rows, "row"), table));
  if (more.empty()) return {};
  return {make_breach("baseline-not-minimal", revision, fmt::format("the baseline makes more than schemas and extensions: {}", listed(more)))};
}

std::vector<Finding> judge_seed(const Revision& revision, const std::vector<Difference>& made) {
  if (made.empty()) return {};
  std::vector<std::string> changes;
  for (const Difference& difference : made) changes.push_back(fmt::format("{} {}", difference.kind, difference.identity));
  return {make_breach("seed-changes-schema", revision, fmt::format("the seed changes {}", listed(changes)))};
}

std::vector<Finding> judge_rows(const Revision& revision, const StepEffects& effects) {
  std::vector<Finding> breaches;
  for (const auto& [table, inserted] : inserted_rows(effects))
    breaches.push_back(make_change_breach("rows-outside-seeds", revision,
                                          fmt::format("it inserts {} into {} and is no seed", count_of(inserted.rows, "row"), table),
                                          inserted.statement));
  return breaches;
}

void append(std::vector<Finding>& all, std::vector<Finding> more) {
  for (Finding& finding : more) all.push_back(std::move(finding));
}

}  // namespace

std::vector<Finding> find_change_breaches(const Revision& revision, const std::vector<Difference>& made, const StepEffects& effects,
                                          const PolicySettings& settings) {
  std::vector<Finding> breaches;
  if (revision.seed) return judge_seed(revision, made);
  const bool baseline = !settings.baseline.empty() && revision.id == settings.baseline;
  append(breaches, baseline ? judge_baseline(revision, made, effects) : judge_rows(revision, effects));
  append(breaches, judge_objects({revision, made, effects}, settings.schemas));
  append(breaches, judge_references(revision, effects));
  return breaches;
}

}  // namespace cairn
