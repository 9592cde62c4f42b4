#include "state/state.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace cairn {

namespace {

constexpr std::string_view undefined_table = "42P01";
constexpr std::string_view undefined_schema = "3F000";
constexpr std::string_view undefined_column = "42703";

std::string text(const Cell& cell) { return cell.value_or(""); }

std::size_t read_number(const Cell& cell) {
  const std::string digits = text(cell);
  std::size_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::vector<std::string> parse_rows(const Result& result) {
  std::vector<std::string> rows;
  for (const auto& row : result.rows) rows.push_back(text(row.at(0)));
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::vector<Unfinished> parse_unfinished(const Result& result) {
  std::vector<Unfinished> list;
  for (const auto& row : result.rows)
    list.push_back({.revision = text(row.at(0)), .direction = text(row.at(1)),
                    .statement = read_number(row.at(2)), .started_at = text(row.at(3)), .client = text(row.at(4)),
                    .stopped = text(row.at(5)) == "stopped", .error = text(row.at(6))});
  return list;
}

std::vector<AppliedSource> parse_sources(const Result& result) {
  std::vector<AppliedSource> sources;
  sources.reserve(result.rows.size());
  for (const auto& row : result.rows)
    sources.push_back({.revision = text(row.at(0)), .digest = text(row.at(1)), .source = text(row.at(2)),
                       .applied_at = text(row.at(3)), .role = text(row.at(4)), .client = text(row.at(5)),
                       .accepted = text(row.at(6)) == "accept"});
  return sources;
}

/// The last entry of each revision counts, whether it has a digest or not: an older digest is not what is applied.
std::string sources_sql(const StateTables& tables) {
  return fmt::format(
      "SELECT revision, digest, source, pg_catalog.date_trunc('second', finished_at), role, client, direction FROM "
      "(SELECT DISTINCT ON (revision COLLATE pg_catalog.\"C\") * FROM {} WHERE state OPERATOR(pg_catalog.=) 'done' AND statement IS "
      "NULL AND revision IS NOT NULL ORDER BY revision COLLATE pg_catalog.\"C\", entry DESC) AS last "
      "WHERE direction OPERATOR(pg_catalog.<>) 'down' AND digest IS NOT NULL",
      tables.journal());
}

}  // namespace

std::string way_out_of_unfinished(std::string_view revision) {
  return fmt::format("Look what is there (\"cairn show {0}\" prints its statements), finish or undo the revision by hand, then "
                     "say which: \"cairn stamp {0}\" if it is now applied, or \"cairn stamp\" with the revisions that "
                     "\"cairn current\" shows if it is not.", revision);
}

Error make_unfinished_error(const Unfinished& item) {
  const std::string message =
      item.stopped ? fmt::format("revision {} was stopped half-way in its {}grade, at statement {}: {}", item.revision, item.direction,
                                 item.statement, printable(item.error, 2000))
                   : fmt::format("revision {} was stopped in its {}grade: statement {} was started and never seen to end",
                                 item.revision, item.direction, item.statement);
  return Error(Category::unfinished, message)
      .detail(fmt::format("It runs outside a transaction, so its earlier statements stay. Started {} by {}.",
                          item.started_at, item.client))
      .hint(way_out_of_unfinished(item.revision));
}

std::string unfinished_sql(const StateTables& tables) {
  return fmt::format(
      "SELECT revision, direction, statement, pg_catalog.date_trunc('second', started_at), client, state, error FROM {} AS begun "
      "WHERE state OPERATOR(pg_catalog.=) ANY ('{{started,stopped}}') AND NOT EXISTS (SELECT 1 FROM {} AS later "
      "WHERE later.entry OPERATOR(pg_catalog.>) begun.entry AND later.direction OPERATOR(pg_catalog.<>) 'accept' "
      "AND (later.direction OPERATOR(pg_catalog.=) 'stamp' "
      "OR (later.revision OPERATOR(pg_catalog.=) begun.revision AND (later.statement IS NULL "
      "OR later.statement OPERATOR(pg_catalog.=) begun.statement)))) ORDER BY begun.entry",
      tables.journal(), tables.journal());
}

std::string state_sql(const StateTables& tables) {
  return fmt::format("SELECT version_num FROM {};\n{};\n{};\n{}", tables.versions(), unfinished_sql(tables), journal_is_current_sql(tables),
                     sources_sql(tables));
}

namespace {

bool is_yes(const Result& result) { return !result.rows.empty() && text(result.rows[0].at(0)) == "t"; }

/// A table that is not there, or the sources in a journal that an older program made.
bool is_answer(const ServerFailure& failure, std::span<const Result> results) {
  if (failure.sqlstate == undefined_column) return results.size() == 3 && !is_yes(results[2]);
  return failure.sqlstate == undefined_table || failure.sqlstate == undefined_schema;
}

}  // namespace

State parse_state(std::span<const Result> results, const std::optional<ServerFailure>& failure) {
  if (failure && !is_answer(*failure, results))
    throw Error(Category::connection, "cannot read the version rows: " + failure->message).sqlstate(failure->sqlstate);
  State state;
  state.has_version_table = !results.empty();
  state.has_journal = results.size() > 1;
  if (state.has_version_table) state.rows = parse_rows(results[0]);
  if (state.has_journal) state.unfinished = parse_unfinished(results[1]);
  state.journal_is_current = results.size() > 2 && is_yes(results[2]);
  if (results.size() > 3) state.sources = parse_sources(results[3]);
  return state;
}

void require_finished(const State& state) {
  std::vector<Error> problems;
  for (const Unfinished& item : state.unfinished) problems.push_back(make_unfinished_error(item));
  throw_all(std::move(problems));
}

}  // namespace cairn
