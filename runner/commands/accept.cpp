#include "base/interrupt.hpp"
#include "commands/commands.hpp"
#include "commands/edited.hpp"
#include "commands/database.hpp"
#include "commands/known_rows.hpp"
#include "engine/failure.hpp"
#include "graph/consistency.hpp"
#include "graph/history.hpp"
#include "postgres/server_error.hpp"
#include "report/accept_report.hpp"

#include <fmt/core.h>

#include <set>

namespace cairn {

namespace {

void require_choice(const Invocation& invocation) {
  if (invocation.arguments.empty() && !invocation.has("all"))
    throw Error(Category::usage, "accept is not told which revisions")
        .hint("Name them, or type \"cairn accept --all\"; \"cairn history -i\" marks those that were edited.");
  if (!invocation.arguments.empty() && invocation.has("all"))
    throw Error(Category::usage, "accept takes revisions or --all, not both").hint("Leave one of them out.");
}

/// Those that were asked for by name. Throws when one of them is not applied.
std::set<Node> named_nodes(const Invocation& invocation, const RevisionGraph& graph, const std::vector<std::string>& rows) {
  const std::set<Node> applied = graph.ancestors_of(require_rows(graph, rows));
  std::set<Node> nodes;
  std::vector<Error> problems;
  for (const std::string& target : invocation.arguments)
    for (const Node node : resolve_shown(graph, rows, target)) {
      if (!nodes.insert(node).second || applied.contains(node)) continue;
      problems.push_back(Error(Category::history, fmt::format("{} is not applied, so its source may be edited freely",
                                                              name_of(graph.revision(node))))
                             .database("unchanged")
                             .hint("Leave it out; \"cairn current\" shows where the database is."));
    }
  throw_all(std::move(problems));
  return nodes;
}

/// What becomes of each: an edit that is accepted, or the reason why there is none.
AcceptReport make_report(const Invocation& invocation, const Collected& found, const State& state, const std::string& database) {
  AcceptReport report{.database = database, .dry = invocation.has("dry-run"), .accepted = {}, .unchanged = {}, .unknown = {}};
  std::set<Node> rest = named_nodes(invocation, found.graph, state.rows);
  for (const EditedRevision& edited : find_edited(found, state))
    if (rest.erase(*found.graph.find(edited.revision->id)) == 1 || invocation.has("all"))
      report.accepted.push_back({edited.revision, edited.applied.digest, edited.digest});
  for (const Node node : rest) {
    const Revision& revision = found.graph.revision(node);
    (find_applied_source(state, revision) != nullptr ? report.unchanged : report.unknown).push_back(&revision);
  }
  return report;
}

/// As one message outside of a transaction, which the server takes as a whole or not at all.
void write_accepted(OpenDatabase& database, const Invocation& invocation, const AcceptReport& report) {
  const Bookkeeping bookkeeping(state_tables(invocation.settings), make_identity(invocation.settings));
  std::vector<std::string> entries;
  for (const AcceptedRevision& one : report.accepted)
    entries.push_back(bookkeeping.accept({one.revision->id, one.digest, one.revision->source_digest}));
  const Reply reply = database.connection->exchange({.text = join(entries, ";\n"), .copies = {}, .parameters = {}});
  if (reply.lost)
    throw Error(Category::connection, "the connection was lost while the journal was written")
        .hint("Type the same again: what was accepted already is told then.");
  if (reply.failure && interrupted())
    throw Error(Category::interrupted, "interrupted while the journal was written").database("unchanged");
  if (reply.failure) throw to_error(*reply.failure, Category::history).database("unchanged");
}

}  // namespace

Answer accept(const Invocation& invocation) {
  require_choice(invocation);
  const Collected found = collect(invocation.settings);
  require_revisions(found, invocation.settings);
  OpenDatabase database = open_database(invocation);
  const Reading reading = lock_database(database, invocation);
  require_known_rows(database, invocation, found.graph, reading);
  const AcceptReport report = make_report(invocation, found, reading.state, database.name);
  if (!report.dry && !report.accepted.empty()) {
    require_writable(reading.facts);
    ensure_tables(database, invocation, reading);
    write_accepted(database, invocation, report);
  }
  return Answer(render(report, invocation.format));
}

}  // namespace cairn
