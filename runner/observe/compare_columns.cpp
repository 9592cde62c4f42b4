#include "observe/comparison.hpp"

namespace cairn {

namespace {

/// The columns of one table before and after a statement.
class Columns {
 public:
  Columns(const Scenes& scenes, StatementEffects& effects) : scenes_(scenes), effects_(effects) {}

  void compare() {
    for (const auto& [key, before] : scenes_.before.columns) {
      if (!scenes_.after.relations.contains(key.first)) continue;
      const auto after = scenes_.after.columns.find(key);
      if (after == scenes_.after.columns.end()) note(ColumnChange::dropped, key.first, before.name, before.type, "");
      else compare_one(key.first, before, after->second);
    }
    for (const auto& [key, after] : scenes_.after.columns)
      if (scenes_.before.relations.contains(key.first) && !scenes_.before.columns.contains(key))
        note(ColumnChange::added, key.first, after.name, "", after.type);
  }

 private:
  void note(ColumnChange change, Oid relation, const std::string& name, std::string before, std::string after) {
    effects_.columns.push_back({change, seen_relation(scenes_, relation), name, std::move(before), std::move(after)});
  }

  void compare_one(Oid relation, const SceneColumn& before, const SceneColumn& after) {
    if (before.name != after.name) note(ColumnChange::renamed, relation, before.name, before.name, after.name);
    const bool retyped = before.type_identity != after.type_identity;
    if (retyped) note(ColumnChange::retyped, relation, before.name, before.type, after.type);
    if (before.not_null != after.not_null)
      note(after.not_null ? ColumnChange::not_null_set : ColumnChange::not_null_dropped, relation, before.name, "", "");
    // The text of a default also changes with the names in it and with the type that it is cast to.
    if (before.value != after.value && !retyped && effects_.renames.empty())
      note(ColumnChange::default_changed, relation, before.name, before.value, after.value);
  }

  const Scenes& scenes_;
  StatementEffects& effects_;
};

}  // namespace

void compare_columns(const Scenes& scenes, StatementEffects& effects) { Columns(scenes, effects).compare(); }

}  // namespace cairn
