#include "report/smoke_effects_json.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace cairn {

namespace {

std::string_view word(Change change) {
  switch (change) {
    case Change::left_over: return "left over";
    case Change::missing: return "missing";
    case Change::order: return "order";
    case Change::white_space: return "white space";
    case Change::times: return "times";
    case Change::changed: break;
  }
  return "changed";
}

std::string_view word(ConstraintChange change) {
  switch (change) {
    case ConstraintChange::added: return "added";
    case ConstraintChange::added_not_valid: return "added not valid";
    case ConstraintChange::validated: return "validated";
    case ConstraintChange::dropped: break;
  }
  return "dropped";
}

std::string_view word(IndexChange change) {
  return change == IndexChange::made ? "made" : change == IndexChange::rebuilt ? "rebuilt" : "dropped";
}

std::string_view word(ColumnChange change) {
  switch (change) {
    case ColumnChange::added: return "added";
    case ColumnChange::dropped: return "dropped";
    case ColumnChange::renamed: return "renamed";
    case ColumnChange::retyped: return "retyped";
    case ColumnChange::not_null_set: return "not null set";
    case ColumnChange::not_null_dropped: return "not null dropped";
    case ColumnChange::default_changed: break;
  }
  return "default changed";
}

Json one(const SeenRelation& relation) { return {{"name", relation.name}, {"kind", relation.kind}, {"fresh", relation.fresh}}; }

Json one(const SeenLock& lock) { return {{"relation", one(lock.relation)}, {"mode", lock.mode}}; }

Json one(const SeenRewrite& rewrite) { return {{"relation", one(rewrite.relation)}, {"reason", rewrite.reason}}; }

Json one(const SeenScan& scan) { return {{"relation", one(scan.relation)}, {"scans", scan.scans}, {"rows", scan.rows}}; }

Json one(const SeenRows& rows) {
  return {{"relation", one(rows.relation)}, {"inserted", rows.inserted}, {"updated", rows.updated}, {"deleted", rows.deleted}};
}

Json one(const SeenConstraint& constraint) {
  return {{"change", word(constraint.change)}, {"relation", one(constraint.relation)}, {"name", constraint.name},
          {"type", constraint.type}, {"definition", constraint.definition}, {"references", constraint.references}};
}

Json one(const SeenIndex& index) {
  return {{"change", word(index.change)}, {"name", index.name}, {"relation", one(index.table)}, {"definition", index.definition},
          {"key_columns", index.key_columns}, {"unique", index.unique}, {"valid", index.valid}, {"of_constraint", index.of_constraint}};
}

Json one(const SeenColumn& column) {
  return {{"change", word(column.change)}, {"relation", one(column.relation)}, {"name", column.name},
          {"before", column.before}, {"after", column.after}};
}

Json one(const SeenDrop& drop) { return {{"kind", drop.kind}, {"name", drop.identity}, {"cascaded", drop.cascaded}}; }

Json one(const SeenRename& rename) { return {{"kind", rename.kind}, {"before", rename.before}, {"after", rename.after}}; }

Json one(const SeenLabel& label) {
  return {{"change", label.change == LabelChange::added ? "added" : "renamed"}, {"type", label.type}, {"before", label.before},
          {"after", label.after}};
}

Json one(const Difference& difference) {
  return {{"change", word(difference.change)}, {"kind", difference.kind}, {"name", difference.identity}, {"before", difference.before},
          {"after", difference.after}};
}

Json one(const StatementEffects& statement);

template <typename Value>
Json list(const std::vector<Value>& values) {
  Json json = Json::array();
  for (const Value& value : values) json.push_back(one(value));
  return json;
}

template <typename Value>
void add(Json& json, const char* key, const std::vector<Value>& values) {
  if (!values.empty()) json[key] = list(values);
}

/// What the revision made itself is locked to its end, statement after statement: `taken` says so once.
std::vector<SeenLock> wanted_by_others(const std::vector<SeenLock>& locks) {
  std::vector<SeenLock> wanted;
  std::copy_if(locks.begin(), locks.end(), std::back_inserter(wanted), [](const SeenLock& lock) { return !lock.relation.fresh; });
  return wanted;
}

Json one(const StatementEffects& statement) {
  Json json = {{"text", statement.text}, {"us", statement.duration.count()}, {"in_transaction", statement.in_transaction},
               {"failed", statement.failed}};
  if (!describe(statement.place).empty()) json["at"] = to_json(statement.place);
  add(json, "taken", statement.taken);
  add(json, "held", wanted_by_others(statement.held));
  add(json, "rewrites", statement.rewrites);
  add(json, "scans", statement.scans);
  add(json, "rows", statement.rows);
  add(json, "constraints", statement.constraints);
  add(json, "indexes", statement.indexes);
  add(json, "columns", statement.columns);
  add(json, "drops", statement.drops);
  add(json, "renames", statement.renames);
  add(json, "labels", statement.labels);
  return json;
}

}  // namespace

Json to_json(const StepEffects& effects) {
  return {{"statements", list(effects.statements)}, {"complete", effects.complete}, {"without_index", list(effects.without_index)}};
}

Json to_json(const std::vector<Difference>& differences) { return list(differences); }

}  // namespace cairn
