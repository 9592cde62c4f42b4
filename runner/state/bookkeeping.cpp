#include "state/bookkeeping.hpp"

#include "base/text.hpp"
#include "sql/body.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <iterator>

namespace cairn {

namespace {

using Rows = std::vector<std::string>;

std::string array_of(const Rows& rows) {
  Rows quoted;
  for (const std::string& row : rows) quoted.push_back(quote_literal(row));
  return fmt::format("ARRAY[{}]::pg_catalog.text[]", join(quoted, ", "));
}

Rows difference(const Rows& from, const Rows& without) {
  Rows rest;
  std::set_difference(from.begin(), from.end(), without.begin(), without.end(), std::back_inserter(rest));
  return rest;
}

/// The statements that turn one set of rows into the other: nothing but the rows that change is touched.
Rows row_changes(const std::string& table, const Rows& before, const Rows& after) {
  const Rows gone = difference(before, after);
  const Rows come = difference(after, before);
  if (gone.size() == 1 && come.size() == 1)
    return {fmt::format("UPDATE {} SET version_num = {} WHERE version_num::pg_catalog.text OPERATOR(pg_catalog.=) {}", table,
                        quote_literal(come[0]), quote_literal(gone[0]))};
  Rows changes;
  if (!gone.empty())
    changes.push_back(fmt::format("DELETE FROM {} WHERE version_num::pg_catalog.text OPERATOR(pg_catalog.=) ANY ({})", table,
                                  array_of(gone)));
  if (!come.empty())
    changes.push_back(fmt::format("INSERT INTO {} (version_num) SELECT pg_catalog.unnest({})", table, array_of(come)));
  return changes;
}

std::string started_at() {
  // Not nullif(): it finds its "=" by the search path.
  return fmt::format("CASE WHEN pg_catalog.length(pg_catalog.current_setting('{0}', true)) OPERATOR(pg_catalog.>) 0 "
                     "THEN pg_catalog.current_setting('{0}', true)::pg_catalog.timestamptz "
                     "ELSE pg_catalog.clock_timestamp() END", started_setting);
}

/// An array's element as the server writes it out.
std::string array_element(const std::string& row) {
  std::string lower(row);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (!row.empty() && lower != "null" && row.find_first_of("{},\"\\ \t\n\v\f\r") == row.npos) return row;
  std::string quoted = "\"";
  for (const char c : row) quoted += (c == '"' || c == '\\') ? std::string("\\") + c : std::string(1, c);
  return quoted + "\"";
}

std::string array_text(const Rows& rows) {
  Rows elements;
  for (const std::string& row : rows) elements.push_back(array_element(row));
  return "{" + join(elements, ",") + "}";
}

/// Holds all rows until COMMIT and raises unless they are the expected ones. A cast that fails is the only way to raise in
/// plain SQL: the expected text is replaced by a number, any other is no number, and the server shows it. Cheaper than CASE,
/// which would need the rows twice, and this runs once for each step.
std::string require_rows(const std::string& table, const Rows& expected) {
  const std::string order = expected.size() > 1 ? " ORDER BY version_num COLLATE pg_catalog.\"C\"" : "";
  const std::string right = array_text(expected);
  const std::string behind = ", expected " + right;
  return fmt::format(
      "SELECT CAST(pg_catalog.replace(pg_catalog.concat({}, ARRAY(SELECT version_num::pg_catalog.text FROM {}{} FOR UPDATE), {}), "
      "{}, '0') AS pg_catalog.int4)",
      quote_literal(rows_changed_marker), table, order, quote_literal(behind),
      quote_literal(std::string(rows_changed_marker) + right + behind));
}

/// A statement began when its own entry was written, which this run did a moment ago.
std::string statement_began(const StateTables& tables, const RunIdentity& identity, const Step& step, std::size_t statement) {
  return fmt::format("coalesce((SELECT pg_catalog.max(started_at) FROM {} WHERE state OPERATOR(pg_catalog.=) 'started' AND run "
                     "OPERATOR(pg_catalog.=) {} AND revision OPERATOR(pg_catalog.=) {} AND statement OPERATOR(pg_catalog.=) {}), "
                     "pg_catalog.clock_timestamp())",
                     tables.journal(), quote_literal(identity.run), quote_literal(step.revision->id), statement);
}

// Named only where there is a tag: a journal made by an older program has no column for it, and need not get one.
std::string_view tag_column(const RunIdentity& identity) { return identity.tag ? ", tag" : ""; }
std::string tag_value(const RunIdentity& identity) { return identity.tag ? ", " + quote_literal(*identity.tag) : ""; }

std::string text_or_null(const std::string& text) { return text.empty() ? "NULL" : quote_literal(text); }

std::string_view name_of(Direction direction) { return direction == Direction::up ? "up" : "down"; }

}  // namespace

std::string Bookkeeping::entry(const Step& step, std::optional<std::size_t> statement, std::string_view state,
                               std::optional<std::string_view> error) const {
  constexpr std::string_view clock = "pg_catalog.clock_timestamp()";
  const std::string began = !statement           ? started_at()
                            : state == "started" ? std::string(clock)
                                                 : statement_began(tables_, identity_, step, *statement);
  return fmt::format(
      "INSERT INTO {} (run, revision, direction, statement, state, digest, source, rows_after, started_at, finished_at, client, "
      "runner, error{}) VALUES ({}, {}, '{}', {}, '{}', {}, {}, {}, {}, {}, {}, {}, {}{})",
      tables_.journal(), tag_column(identity_), quote_literal(identity_.run), quote_literal(step.revision->id), name_of(step.direction),
      statement ? std::to_string(*statement) : "NULL", state,
      text_or_null(step.digest), text_or_null(step.revision->source_digest),
      statement || error ? "NULL" : quote_literal(array_text(step.rows_after)), began, state == "started" ? "NULL" : clock,
      quote_literal(identity_.client),
      quote_literal(identity_.runner), error ? quote_literal(printable(*error, 2000)) : "NULL", tag_value(identity_));
}

std::vector<std::string> Bookkeeping::finish(const Step& step) const {
  Rows statements = {require_rows(tables_.versions(), step.rows_before)};
  for (std::string& change : row_changes(tables_.versions(), step.rows_before, step.rows_after))
    statements.push_back(std::move(change));
  statements.push_back(entry(step, std::nullopt, "done", std::nullopt) +
                       " RETURNING (pg_catalog.date_part('epoch', finished_at OPERATOR(pg_catalog.-) started_at) "
                       "OPERATOR(pg_catalog.*) 1000)::pg_catalog.int8");
  return statements;
}

std::string Bookkeeping::stamp(const Rows& before, const Rows& after, bool purge) const {
  Rows statements;
  if (!purge) statements.push_back(require_rows(tables_.versions(), before));
  for (std::string& change : row_changes(tables_.versions(), before, after)) statements.push_back(std::move(change));
  statements.push_back(fmt::format(
      "INSERT INTO {} (run, direction, state, rows_after, started_at, finished_at, client, runner{}) VALUES ({}, 'stamp', "
      "'done', {}, pg_catalog.clock_timestamp(), pg_catalog.clock_timestamp(), {}, {}{})",
      tables_.journal(), tag_column(identity_), quote_literal(identity_.run), quote_literal(array_text(after)), quote_literal(identity_.client),
      quote_literal(identity_.runner), tag_value(identity_)));
  return join(statements, ";\n");
}

std::string Bookkeeping::accept(const AcceptedSource& accepted) const {
  return fmt::format(
      "INSERT INTO {} (run, revision, direction, state, digest, source, started_at, finished_at, client, runner{}) VALUES ({}, {}, "
      "'accept', 'done', {}, {}, pg_catalog.clock_timestamp(), pg_catalog.clock_timestamp(), {}, {}{})",
      tables_.journal(), tag_column(identity_), quote_literal(identity_.run), quote_literal(accepted.revision),
      text_or_null(accepted.digest), text_or_null(accepted.source), quote_literal(identity_.client), quote_literal(identity_.runner),
      tag_value(identity_));
}

std::string Bookkeeping::statement_started(const Step& step, std::size_t statement) const {
  return entry(step, statement, "started", std::nullopt);
}

std::string Bookkeeping::statement_done(const Step& step, std::size_t statement) const {
  return entry(step, statement, "done", std::nullopt);
}

std::string Bookkeeping::statement_failed(const Step& step, std::size_t statement, bool clean, std::string_view error) const {
  return entry(step, statement, clean ? "failed" : "stopped", error);
}

std::string Bookkeeping::failed(const Step& step, std::string_view error) const {
  return entry(step, std::nullopt, "failed", error);
}

}  // namespace cairn
