#include "observe/describe.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <string_view>

namespace cairn {

namespace {

constexpr std::size_t most_of_a_line = 1000;

std::string text_of(const SeenRelation& relation) {
  return fmt::format("{}{} {}", relation.fresh ? "fresh " : "", relation.kind, relation.name);
}

std::string in_brackets(const std::string& text) { return text.empty() ? "" : fmt::format(" ({})", text); }

std::string line_of(const SeenLock& lock) { return fmt::format("lock {} on {}", lock.mode, text_of(lock.relation)); }

std::string line_of(const SeenRewrite& rewrite) {
  return fmt::format("rewrites {}{}", text_of(rewrite.relation), in_brackets(rewrite.reason));
}

std::string line_of(const SeenScan& scan) {
  return fmt::format("reads {} wholly, {}", text_of(scan.relation), count_of(scan.rows, "row"));
}

std::string line_of(const SeenRows& rows) {
  std::vector<std::string> parts;
  if (rows.inserted > 0) parts.push_back(fmt::format("{} inserted", rows.inserted));
  if (rows.updated > 0) parts.push_back(fmt::format("{} updated", rows.updated));
  if (rows.deleted > 0) parts.push_back(fmt::format("{} deleted", rows.deleted));
  return fmt::format("writes {} into {} ({})", count_of(rows.inserted + rows.updated + rows.deleted, "row"), text_of(rows.relation),
                     join(parts, ", "));
}

std::string_view verb_of(ConstraintChange change) {
  switch (change) {
    case ConstraintChange::added:
    case ConstraintChange::added_not_valid: return "adds";
    case ConstraintChange::validated: return "validates";
    case ConstraintChange::dropped: return "drops";
  }
  return "?";
}

std::string line_of(const SeenConstraint& constraint) {
  return fmt::format("{} {} {} of {}{}{}", verb_of(constraint.change), constraint.type, constraint.name, text_of(constraint.relation),
                     constraint.references.empty() ? "" : " to " + constraint.references,
                     constraint.change == ConstraintChange::added_not_valid ? ", not valid" : "");
}

std::string_view verb_of(IndexChange change) {
  switch (change) {
    case IndexChange::made: return "makes";
    case IndexChange::rebuilt: return "rebuilds";
    case IndexChange::dropped: return "drops";
  }
  return "?";
}

std::string line_of(const SeenIndex& index) {
  return fmt::format("{} {}index {} of {}{}{}", verb_of(index.change), index.unique ? "unique " : "", index.name, text_of(index.table),
                     index.of_constraint ? ", for a constraint" : "", index.valid ? "" : ", invalid");
}

std::string line_of(const SeenColumn& column) {
  const std::string place = fmt::format("column {} of {}", column.name, text_of(column.relation));
  switch (column.change) {
    case ColumnChange::added: return fmt::format("adds {} ({})", place, column.after);
    case ColumnChange::dropped: return fmt::format("drops {} ({})", place, column.before);
    case ColumnChange::renamed: return fmt::format("renames {} to {}", place, column.after);
    case ColumnChange::retyped: return fmt::format("retypes {} ({} to {})", place, column.before, column.after);
    case ColumnChange::not_null_set: return fmt::format("sets not null: {}", place);
    case ColumnChange::not_null_dropped: return fmt::format("drops not null: {}", place);
    case ColumnChange::default_changed:
      return fmt::format("changes the default of {} ({} to {})", place, column.before.empty() ? "none" : column.before,
                         column.after.empty() ? "none" : column.after);
  }
  return place;
}

std::string line_of(const SeenDrop& drop) {
  return fmt::format("drops {} {}{}", drop.kind, drop.identity, drop.cascaded ? ", by cascade" : "");
}

std::string line_of(const SeenRename& rename) { return fmt::format("renames {} {} to {}", rename.kind, rename.before, rename.after); }

std::string line_of(const SeenLabel& label) {
  if (label.change == LabelChange::added) return fmt::format("adds value {} of type {}", label.after, label.type);
  return fmt::format("renames value {} of type {} to {}", label.before, label.type, label.after);
}

/// What was named is told by the columns, constraints and indexes of the table already.
bool is_told(const SeenDrop& drop) {
  return !drop.cascaded && (drop.kind == "table column" || drop.kind == "table constraint" || drop.kind == "index");
}

template <typename Effects>
void add_lines(const Effects& effects, std::vector<std::string>& lines) {
  for (const auto& effect : effects) lines.push_back(printable(line_of(effect), most_of_a_line));
}

}  // namespace

std::vector<std::string> describe(const StatementEffects& effects) {
  if (effects.failed) return {"failed"};
  std::vector<std::string> lines;
  add_lines(effects.taken, lines);
  add_lines(effects.rewrites, lines);
  add_lines(effects.scans, lines);
  add_lines(effects.rows, lines);
  add_lines(effects.columns, lines);
  add_lines(effects.constraints, lines);
  add_lines(effects.indexes, lines);
  add_lines(effects.renames, lines);
  add_lines(effects.labels, lines);
  for (const SeenDrop& drop : effects.drops)
    if (!is_told(drop)) lines.push_back(printable(line_of(drop), most_of_a_line));
  return lines;
}

std::string describe_missing_index(const SeenConstraint& key) {
  return fmt::format("foreign key {} of {} has no index", key.name, text_of(key.relation));
}

}  // namespace cairn
