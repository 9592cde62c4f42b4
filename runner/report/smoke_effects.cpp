#include "report/smoke_effects.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace cairn {

namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t most_names = 8;

std::string in_brackets(const std::string& text) { return text.empty() ? "" : " (" + text + ")"; }

std::string names_line(std::string_view what, const Lines& names) {
  const std::size_t shown = std::min(names.size(), most_names);
  const std::string line = fmt::format("{}: {}", what, join(std::span(names).first(shown), ", "));
  return shown == names.size() ? line : line + fmt::format(" and {} more", names.size() - shown);
}

void add_rewrites(const StatementEffects& statement, Lines& lines) {
  for (const SeenRewrite& rewrite : statement.rewrites)
    lines.push_back(fmt::format("writes {} anew{}", rewrite.relation.name, in_brackets(rewrite.reason)));
}

/// True for constraints, triggers and the like of a table that goes itself.
bool goes_with_its_table(const SeenDrop& drop, const StatementEffects& statement) {
  return std::any_of(statement.drops.begin(), statement.drops.end(), [&](const SeenDrop& other) {
    return !other.cascaded && (drop.identity.ends_with(" on " + other.identity) || drop.identity.starts_with(other.identity + "."));
  });
}

/// What went by cascade is one line: with an extension hundreds of functions go.
void add_drops(const StatementEffects& statement, Lines& lines) {
  Lines cascaded;
  for (const SeenDrop& drop : statement.drops) {
    if (drop.cascaded && goes_with_its_table(drop, statement)) continue;
    if (drop.cascaded) cascaded.push_back(drop.kind + " " + drop.identity);
    else lines.push_back(fmt::format("drops {} {}", drop.kind, drop.identity));
  }
  if (!cascaded.empty()) lines.push_back(names_line("drops what nobody named", cascaded));
}

std::string describe(const SeenColumn& column) {
  const std::string name = column.relation.name + "." + column.name;
  switch (column.change) {
    case ColumnChange::added: return fmt::format("adds column {}{}", name, in_brackets(column.after));
    case ColumnChange::dropped: return "drops column " + name;
    case ColumnChange::renamed: return fmt::format("renames column {} to {}", name, column.after);
    case ColumnChange::retyped: return fmt::format("changes the type of column {} from {} to {}", name, column.before, column.after);
    case ColumnChange::not_null_set: return "forbids null in column " + name;
    case ColumnChange::not_null_dropped: return "allows null in column " + name;
    case ColumnChange::default_changed: break;
  }
  return fmt::format("changes the default of column {} to {}", name, column.after.empty() ? "none" : column.after);
}

std::string_view verb(ConstraintChange change) {
  switch (change) {
    case ConstraintChange::added: return "adds";
    case ConstraintChange::added_not_valid: return "adds, without looking at the rows,";
    case ConstraintChange::validated: return "validates";
    case ConstraintChange::dropped: break;
  }
  return "drops";
}

void add_constraints(const StatementEffects& statement, Lines& lines) {
  for (const SeenConstraint& one : statement.constraints)
    if (!one.relation.fresh) lines.push_back(fmt::format("{} {} {} of {}{}", verb(one.change), one.type, one.name, one.relation.name,
                                one.references.empty() ? "" : ", which refers to " + one.references));
}

std::string_view verb(IndexChange change) {
  return change == IndexChange::made ? "builds" : change == IndexChange::rebuilt ? "rebuilds" : "drops";
}

std::string describe(const SeenIndex& index) {
  return fmt::format("{} {}index {} on {}{}", verb(index.change), index.unique ? "unique " : "", index.name, index.table.name,
                     index.valid ? "" : ", which is not valid");
}

void add_names(const StatementEffects& statement, Lines& lines) {
  for (const SeenRename& one : statement.renames) lines.push_back(fmt::format("renames {} {} to {}", one.kind, one.before, one.after));
  for (const SeenLabel& one : statement.labels)
    lines.push_back(one.change == LabelChange::added ? fmt::format("adds value {} to type {}", one.after, one.type)
                                                     : fmt::format("renames value {} of type {} to {}", one.before, one.type, one.after));
}

void add_rows(const StatementEffects& statement, Lines& lines) {
  for (const SeenRows& rows : statement.rows) {
    if (rows.inserted > 0) lines.push_back(fmt::format("inserts {} into {}", count_of(rows.inserted, "row"), rows.relation.name));
    if (rows.updated > 0) lines.push_back(fmt::format("updates {} of {}", count_of(rows.updated, "row"), rows.relation.name));
    if (rows.deleted > 0) lines.push_back(fmt::format("deletes {} from {}", count_of(rows.deleted, "row"), rows.relation.name));
  }
}

void add_scans(const StatementEffects& statement, Lines& lines) {
  for (const SeenScan& scan : statement.scans)
    if (!scan.relation.fresh) lines.push_back(fmt::format("reads the whole of {} ({})", scan.relation.name, count_of(scan.rows, "row")));
}

Lines each_once(const Lines& lines) {
  std::set<std::string> seen;
  Lines once;
  for (const std::string& line : lines)
    if (seen.insert(line).second) once.push_back(line);
  return once;
}

std::string_view word(Change change) {
  if (change == Change::left_over) return "new ";
  return change == Change::missing ? "gone " : "";
}

/// True for what belongs to a table or view that is itself new or gone.
bool goes_without_saying(const Difference& difference, std::span<const Difference> all) {
  const std::string_view kind = difference.kind;
  if (kind != "column" && kind != "constraint" && kind != "column compression") return false;
  return std::any_of(all.begin(), all.end(), [&](const Difference& other) {
    return (other.kind.ends_with("table") || other.kind.ends_with("view")) && other.change == difference.change &&
           difference.identity.starts_with(other.identity + ".");
  });
}

}  // namespace

Lines describe_effects(const StatementEffects& statement) {
  Lines lines;
  add_rewrites(statement, lines);
  add_drops(statement, lines);
  for (const SeenColumn& column : statement.columns)
    if (!column.relation.fresh) lines.push_back(describe(column));
  add_constraints(statement, lines);
  for (const SeenIndex& index : statement.indexes)
    if (!index.table.fresh) lines.push_back(describe(index));
  add_names(statement, lines);
  add_rows(statement, lines);
  add_scans(statement, lines);
  return lines;
}

Lines describe_effects(const StepEffects& effects) {
  Lines lines;
  for (const StatementEffects& statement : effects.statements)
    for (std::string& line : describe_effects(statement)) lines.push_back(std::move(line));
  return each_once(lines);
}

Lines describe_rows(const StepEffects& effects) {
  Lines lines;
  for (const StatementEffects& statement : effects.statements) add_rows(statement, lines);
  return lines;
}

Lines describe_indexes(const StepEffects& effects) {
  Lines lines;
  for (const StatementEffects& statement : effects.statements)
    for (const SeenIndex& index : statement.indexes)
      if (!index.of_constraint)
        lines.push_back(index.definition.empty() || index.change == IndexChange::dropped ? describe(index) : index.definition);
  return each_once(lines);
}

Lines describe_made(std::span<const Difference> made) {
  std::vector<std::pair<std::string, Lines>> kinds;
  Lines changed;
  std::size_t comments = 0;
  for (const Difference& one : made) {
    const std::string what = fmt::format("{}{}", word(one.change), one.kind);
    if (goes_without_saying(one, made)) continue;
    if (one.kind == "comment") ++comments;
    else if (word(one.change).empty()) changed.push_back(describe(one));
    else if (kinds.empty() || kinds.back().first != what) kinds.push_back({what, {one.identity}});
    else kinds.back().second.push_back(one.identity);
  }
  Lines lines;
  for (const auto& [what, names] : kinds) lines.push_back(names_line(what, names));
  lines.insert(lines.end(), changed.begin(), changed.end());
  if (comments > 0) lines.push_back(count_of(comments, "comment"));
  return lines;
}

Lines describe_differences(std::span<const Difference> differences) {
  Lines grave;
  Lines lines;
  Lines trifles;
  for (const Change change : {Change::white_space, Change::times}) {
    const auto is_it = [&](const Difference& one) { return one.change == change; };
    const auto count = static_cast<std::size_t>(std::count_if(differences.begin(), differences.end(), is_it));
    if (count > 1) trifles.push_back(fmt::format("{} only: {}", change == Change::times ? "times" : "white space", count_of(count, "object")));
    else if (count == 1) trifles.push_back(describe(*std::find_if(differences.begin(), differences.end(), is_it)));
  }
  for (const Difference& one : differences)
    if (one.change == Change::order) lines.push_back(describe(one));
    else if (one.change != Change::white_space && one.change != Change::times) grave.push_back(describe(one));
  lines.insert(lines.begin(), grave.begin(), grave.end());
  lines.insert(lines.end(), trifles.begin(), trifles.end());
  return lines;
}

}  // namespace cairn
