#include "commands/commands.hpp"
#include "commands/database.hpp"
#include "postgres/facts.hpp"
#include "report/tables_report.hpp"

namespace cairn {

Answer ensure_version(const Invocation& invocation) {
  OpenDatabase database = open_database(invocation);
  const Reading reading = lock_database(database, invocation);
  const bool there = reading.state.has_version_table && reading.state.has_journal;
  if (!there) require_writable(reading.facts);
  ensure_tables(database, invocation, reading);
  const StateTables tables = state_tables(invocation.settings);
  return Answer(render(TablesReport{.database = database.name, .version_table = tables.versions(), .journal_table = tables.journal(),
                                    .created = !there},
                       invocation.format));
}

}  // namespace cairn
