#include "graph/stamp.hpp"

#include "base/interrupt.hpp"
#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/database.hpp"
#include "commands/known_rows.hpp"
#include "commands/script.hpp"
#include "postgres/server_error.hpp"
#include "report/run_report.hpp"
#include "state/bookkeeping.hpp"

namespace cairn {

namespace {

Error not_written(const ServerFailure& failure) {
  const std::size_t at = failure.message.find(rows_changed_marker);
  if (at == std::string::npos) return to_error(failure, Category::history).database("unchanged");
  std::string rows = failure.message.substr(at + rows_changed_marker.size());
  if (rows.ends_with('"')) rows.pop_back();
  return Error(Category::history, "the version rows changed while they were to be stamped: they are " + rows)
      .detail("Another program wrote the version table without Cairn's lock.")
      .database("unchanged")
      .hint("Look at \"cairn current\", and stamp again if that is what you expect.");
}

void write_rows(OpenDatabase& database, const Invocation& invocation, const Stamp& stamp, StampMode mode) {
  const Bookkeeping bookkeeping(state_tables(invocation.settings), make_identity(invocation.settings));
  const Reply reply = database.connection->exchange(
      {.text = bookkeeping.stamp(stamp.rows_before, stamp.rows_after, mode == StampMode::purge), .copies = {}, .parameters = {}});
  if (reply.lost) throw Error(Category::connection, "the connection was lost while the version rows were written")
      .hint("Run \"cairn current\" to see which rows the database has, then stamp again if need be.");
  if (reply.failure && interrupted())
    throw Error(Category::interrupted, "interrupted while the version rows were written").database("unchanged");
  if (reply.failure) throw not_written(*reply.failure);
}

}  // namespace

Answer stamp(const Invocation& invocation) {
  if (invocation.has("sql")) return script_stamp(invocation);
  require_no_output(invocation);
  const StampMode mode = invocation.has("purge") ? StampMode::purge : StampMode::keep_others;
  const Collected found = collect(invocation.settings);
  OpenDatabase database = open_database(invocation);
  const Reading reading = lock_database(database, invocation);
  if (mode != StampMode::purge) require_known_rows(database, invocation, found.graph, reading);
  const Stamp stamp = plan_stamp(found.graph, reading.state.rows, invocation.arguments, mode);
  require_writable(reading.facts);
  ensure_tables(database, invocation, reading);
  // Also when no row changes: a stamp says that a person looked, which closes what was left unfinished.
  write_rows(database, invocation, stamp, mode);
  RunReport report{.command = "stamp", .database = database.name, .rows_before = stamp.rows_before,
                   .rows_after = stamp.rows_after, .steps = {}, .heads = {}, .error = {}};
  for (const Node head : found.graph.heads()) report.heads.push_back(found.graph.revision(head).id);
  return Answer(render(report, invocation.format));
}

}  // namespace cairn
