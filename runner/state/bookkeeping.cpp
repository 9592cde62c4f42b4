#include "state/bookkeeping.hpp"

#include "base/text.hpp"
#include "sql/body.hpp"

#include <fmt/core.h>

#include <algorithm>
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

std::string delete_rows(const std::string& table, const Rows& rows) {
  return fmt::format("DELETE FROM {} WHERE version_num::pg_catalog.text OPERATOR(pg_catalog.=) ANY ({}) RETURNING 1", table,
                     array_of(rows));
}

std::string insert_rows(const std::string& table, const Rows& rows) {
  return fmt::format("INSERT INTO {} (version_num) SELECT pg_catalog.unnest({}) RETURNING 1", table, array_of(rows));
}

/// The data-modifying part: nothing but the rows that change is touched.
Rows row_changes(const std::string& table, const Rows& before, const Rows& after) {
  const Rows gone = difference(before, after);
  const Rows come = difference(after, before);
  if (gone.size() == 1 && come.size() == 1)
    return {fmt::format("moved AS (UPDATE {} SET version_num = {} WHERE version_num::pg_catalog.text OPERATOR(pg_catalog.=) {} "
                        "RETURNING 1)", table, quote_literal(come[0]), quote_literal(gone[0]))};
  Rows changes;
  if (!gone.empty()) changes.push_back(fmt::format("gone AS ({})", delete_rows(table, gone)));
  if (!come.empty()) changes.push_back(fmt::format("come AS ({})", insert_rows(table, come)));
  return changes;
}

/// How many rows each change must have touched: a row changed by somebody else since our snapshot is not counted.
std::string counts_agree(const Rows& before, const Rows& after) {
  const Rows gone = difference(before, after);
  const Rows come = difference(after, before);
  const auto count = [](std::string_view name, std::size_t rows) {
    return fmt::format(" AND (SELECT pg_catalog.count(*) FROM {}) OPERATOR(pg_catalog.=) {}", name, rows);
  };
  if (gone.size() == 1 && come.size() == 1) return count("moved", 1);
  return (gone.empty() ? "" : count("gone", gone.size())) + (come.empty() ? "" : count("come", come.size()));
}

std::string started_at() {
  // Not nullif(): it finds its "=" by the search path.
  return fmt::format("CASE WHEN pg_catalog.length(pg_catalog.current_setting('{0}', true)) OPERATOR(pg_catalog.>) 0 "
                     "THEN pg_catalog.current_setting('{0}', true)::pg_catalog.timestamptz "
                     "ELSE pg_catalog.clock_timestamp() END", started_setting);
}

/// The rows as this statement's snapshot has them, that is, before its own changes.
std::string rows_now(const std::string& table) {
  return fmt::format("ARRAY(SELECT version_num::pg_catalog.text FROM {} ORDER BY version_num COLLATE pg_catalog.\"C\")", table);
}

/// A cast that fails is the only way to raise in plain SQL; the text is not constant, so it is not folded early.
std::string raise_rows(const std::string& table, const Rows& expected) {
  return fmt::format("CAST({} OPERATOR(pg_catalog.||) CASE WHEN EXISTS (TABLE {}) THEN pg_catalog.array_to_string({}, ' ') "
                     "ELSE '(none)' END OPERATOR(pg_catalog.||) {} AS pg_catalog.int4)",
                     quote_literal(rows_changed_marker), table, rows_now(table),
                     quote_literal(", expected " + (expected.empty() ? "(none)" : join(expected, " "))));
}

/// A statement began when its own entry was written, which this run did a moment ago.
std::string statement_began(const StateTables& tables, const RunIdentity& identity, const Step& step, std::size_t statement) {
  return fmt::format("coalesce((SELECT pg_catalog.max(started_at) FROM {} WHERE state OPERATOR(pg_catalog.=) 'started' AND run "
                     "OPERATOR(pg_catalog.=) {} AND revision OPERATOR(pg_catalog.=) {} AND statement OPERATOR(pg_catalog.=) {}), "
                     "pg_catalog.clock_timestamp())",
                     tables.journal(), quote_literal(identity.run), quote_literal(step.revision->id), statement);
}

std::string_view name_of(Direction direction) { return direction == Direction::up ? "up" : "down"; }

}  // namespace

std::string Bookkeeping::entry(const Step& step, std::optional<std::size_t> statement, std::string_view state,
                               std::optional<std::string_view> error) const {
  constexpr std::string_view clock = "pg_catalog.clock_timestamp()";
  const std::string began = !statement           ? started_at()
                            : state == "started" ? std::string(clock)
                                                 : statement_began(tables_, identity_, step, *statement);
  return fmt::format(
      "INSERT INTO {} (run, revision, direction, statement, state, digest, rows_after, started_at, finished_at, client, runner, "
      "error) VALUES ({}, {}, '{}', {}, '{}', {}, {}, {}, {}, {}, {}, {})",
      tables_.journal(), quote_literal(identity_.run), quote_literal(step.revision->id), name_of(step.direction),
      statement ? std::to_string(*statement) : "NULL", state,
      step.revision->source_digest.empty() ? "NULL" : quote_literal(step.revision->source_digest),
      statement || error ? "NULL" : array_of(step.rows_after), began, state == "started" ? "NULL" : clock,
      quote_literal(identity_.client),
      quote_literal(identity_.runner), error ? quote_literal(printable(*error, 2000)) : "NULL");
}

std::string Bookkeeping::finish(const Step& step) const {
  Rows parts = row_changes(tables_.versions(), step.rows_before, step.rows_after);
  parts.push_back(fmt::format("noted AS ({} RETURNING 1)", entry(step, std::nullopt, "done", std::nullopt)));
  return fmt::format(
      "WITH {} SELECT CASE WHEN {} OPERATOR(pg_catalog.=) {}{} THEN (1000 OPERATOR(pg_catalog.*) EXTRACT(epoch FROM "
      "pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) {}))::pg_catalog.int4 ELSE {} END",
      join(parts, ", "), rows_now(tables_.versions()), array_of(step.rows_before),
      counts_agree(step.rows_before, step.rows_after), started_at(), raise_rows(tables_.versions(), step.rows_before));
}

std::string Bookkeeping::stamp(const Rows& before, const Rows& after, bool purge) const {
  Rows parts = row_changes(tables_.versions(), before, after);
  parts.push_back(fmt::format(
      "noted AS (INSERT INTO {} (run, direction, state, rows_after, started_at, finished_at, client, runner) VALUES ({}, 'stamp', "
      "'done', {}, pg_catalog.clock_timestamp(), pg_catalog.clock_timestamp(), {}, {}) RETURNING 1)",
      tables_.journal(), quote_literal(identity_.run), array_of(after), quote_literal(identity_.client),
      quote_literal(identity_.runner)));
  const std::string agree = purge ? "true" : fmt::format("{} OPERATOR(pg_catalog.=) {}{}", rows_now(tables_.versions()),
                                                         array_of(before), counts_agree(before, after));
  return fmt::format("WITH {} SELECT CASE WHEN {} THEN 0 ELSE {} END", join(parts, ", "), agree,
                     raise_rows(tables_.versions(), before));
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
