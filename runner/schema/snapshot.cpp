#include "schema/snapshot.hpp"

#include "base/error.hpp"
#include "schema/queries.hpp"
#include "schema/query_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace cairn {

namespace {

/// Everything that decides how the catalog prints itself, and what could make reading it slow.
constexpr std::array<std::string_view, 12> settings{
    "search_path = pg_catalog, pg_temp", "extra_float_digits = 1", "datestyle = 'ISO, YMD'",
    "intervalstyle = 'iso_8601'", "timezone = 'UTC'", "quote_all_identifiers = off", "bytea_output = 'hex'",
    "xmlbinary = 'base64'", "standard_conforming_strings = on", "transform_null_equals = off", "jit = off",
    "max_parallel_workers_per_gather = 0"};

/// How the reading begins and ends, and what undoes it after a failure.
struct Frame {
  std::string_view begin;
  std::string_view end;
  std::string_view undo;
};

constexpr Frame own_transaction{"BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", "COMMIT", "ROLLBACK"};
constexpr Frame inside_transaction{"SAVEPOINT cairn_snapshot",
                                   "ROLLBACK TO SAVEPOINT cairn_snapshot; RELEASE SAVEPOINT cairn_snapshot",
                                   "ROLLBACK TO SAVEPOINT cairn_snapshot; RELEASE SAVEPOINT cairn_snapshot"};

constexpr std::size_t row_width = 3;   // kind, identity, definition
constexpr int most_attempts = 3;

bool fits(const schema::Query& query, int server_version) {
  return query.since <= server_version && server_version < query.before;
}

std::vector<std::string> write_queries(int server_version, const SnapshotOptions& options) {
  std::vector<std::string> texts;
  for (const schema::Query& query : schema::queries())
    if (fits(query, server_version)) texts.push_back(schema::write_query(query.sql, options));
  return texts;
}

std::string write_text(const Frame& frame, const std::vector<std::string>& statements) {
  std::string text = fmt::format("{};\n", frame.begin);
  for (const std::string_view setting : settings) text += fmt::format("SET LOCAL {};\n", setting);
  for (const std::string& statement : statements) text += statement + ";\n";
  return text + std::string(frame.end);
}

/// What makes them; anything of that name may be left of an attempt that failed.
std::vector<std::string> write_preparations(const std::vector<std::string>& queries) {
  std::vector<std::string> statements{"DEALLOCATE ALL"};
  for (std::size_t i = 0; i < queries.size(); ++i) statements.push_back(fmt::format("PREPARE cairn_snapshot_{} AS {}", i, queries[i]));
  return statements;
}

Category category_of(const std::string& sqlstate) {
  if (sqlstate == "55P03" || sqlstate == "40P01") return Category::lock;
  if (sqlstate == "42501") return Category::configuration;
  if (sqlstate == "57014") return Category::interrupted;
  if (sqlstate.starts_with("08") || sqlstate.starts_with("57P")) return Category::connection;
  return Category::internal;
}

Error describe_failure(const ServerFailure& failure) {
  return Error(category_of(failure.sqlstate), "the schema cannot be read: " + failure.message)
      .detail(failure.detail).hint(failure.hint).sqlstate(failure.sqlstate);
}

/// Undoes what is left of a failed reading. The failure itself is reported, not that of the undoing.
void undo(SqlChannel& channel, const Frame& frame) {
  if (channel.in_transaction()) channel.exchange({std::string(frame.undo), {}, std::nullopt});
}

/// The catalog functions look at the present catalog, not at that of the transaction's beginning, and fail with
/// XX000 for an object that somebody drops in between: that is worth another attempt.
Reply read_catalog(SqlChannel& channel, const Frame& frame, const Message& message) {
  for (int attempt = 1;; ++attempt) {
    Reply reply = channel.exchange(message);
    if (reply.lost) throw Error(Category::connection, "the connection was lost while the schema was read");
    if (!reply.failure) return reply;
    undo(channel, frame);
    if (reply.failure->sqlstate != "XX000" || attempt == most_attempts) throw describe_failure(*reply.failure);
  }
}

std::vector<SchemaObject> take_objects(Reply reply, std::size_t queries) {
  std::vector<SchemaObject> objects;
  std::size_t answers = 0;
  for (Result& result : reply.results) {
    if (result.columns.size() != row_width) continue;
    ++answers;
    for (std::vector<Cell>& row : result.rows)
      objects.push_back({row.at(0).value_or(""), row.at(1).value_or(""), row.at(2).value_or("null")});
  }
  if (answers != queries)
    throw Error(Category::internal, fmt::format("the catalog gave {} answers to {} queries", answers, queries));
  std::sort(objects.begin(), objects.end());
  return objects;
}

const Frame& frame_for(const SqlChannel& channel) { return channel.in_transaction() ? inside_transaction : own_transaction; }

/// `before`: statements that answer nothing; `queries`: as many answers.
Snapshot read_all(SqlChannel& channel, std::vector<std::string> before, const std::vector<std::string>& queries) {
  const Frame& frame = frame_for(channel);
  before.insert(before.end(), queries.begin(), queries.end());
  const Message message{write_text(frame, before), {}, std::nullopt};
  return {.server_version = channel.server_version(), .objects = take_objects(read_catalog(channel, frame, message), queries.size())};
}

}  // namespace

Snapshot read_snapshot(SqlChannel& channel, const SnapshotOptions& options) {
  return read_all(channel, {}, write_queries(channel.server_version(), options));
}

SnapshotReader::SnapshotReader(SqlChannel& channel, const SnapshotOptions& options)
    : channel_(&channel), queries_(write_queries(channel.server_version(), options)) {}

Snapshot SnapshotReader::read() {
  std::vector<std::string> before = prepared_ ? std::vector<std::string>{} : write_preparations(queries_);
  std::vector<std::string> executions;
  for (std::size_t i = 0; i < queries_.size(); ++i) executions.push_back(fmt::format("EXECUTE cairn_snapshot_{}", i));
  prepared_ = false;   // until it is known that it went well
  Snapshot snapshot = read_all(*channel_, std::move(before), executions);
  prepared_ = true;
  return snapshot;
}

}  // namespace cairn
