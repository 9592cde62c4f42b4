#include "base/text.hpp"
#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/edited.hpp"
#include "commands/known_rows.hpp"
#include "graph/consistency.hpp"
#include "graph/history.hpp"
#include "graph/lookup.hpp"
#include "report/revision_report.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

/// For scripts: has everything been applied that these plugins hold?
std::optional<Error> judge_heads(const RevisionGraph& graph, const std::vector<std::string>& rows) {
  const std::vector<Node> missing = missing_heads(graph, rows);
  if (missing.empty()) return std::nullopt;
  const std::size_t applied = graph.ancestors_of(require_rows(graph, rows)).size();
  return Error(Category::check, fmt::format("the database is not at the heads: {} of {} not applied",
                                            graph.revisions().size() - applied, count_of(graph.revisions().size(), "revision")))
      .detail(fmt::format("Heads that are missing:\n{}", describe(graph, missing)))
      .hint("To apply them, type \"cairn upgrade heads\"; \"cairn plan heads\" shows what that does.");
}

constexpr std::string_view way_to_edits = "\"cairn show --changes REVISION\" tells what changed";

std::string describe_edits(const std::vector<std::string>& edited) {
  return fmt::format("{} edited after being applied: {}", count_of(edited.size(), "revision"), join(edited, ", "));
}

std::optional<Error> judge_edits(const std::vector<std::string>& edited) {
  if (edited.empty()) return std::nullopt;
  return Error(Category::check, describe_edits(edited)).hint(fmt::format("{}.", way_to_edits));
}

/// With --check-heads. Where an edit is an error, a database that has something else than these plugins is not at their heads.
std::optional<Error> judge(const Invocation& invocation, const RevisionGraph& graph, const std::vector<std::string>& rows,
                           const std::vector<std::string>& edited) {
  std::optional<Error> heads = judge_heads(graph, rows);
  std::optional<Error> edits = invocation.settings.edited == EditedPolicy::error ? judge_edits(edited) : std::nullopt;
  if (!heads) return edits;
  if (edits) heads->also(std::move(*edits));
  return heads;
}

/// Those that are listed are marked, but most applied revisions are not listed.
void tell_edited(const Invocation& invocation, const std::vector<std::string>& edited) {
  if (!edited.empty()) invocation.observer->log(LogLevel::warning, fmt::format("{}; {}", describe_edits(edited), way_to_edits));
}

}  // namespace

Answer current(const Invocation& invocation) {
  const Collected found = collect(invocation.settings);
  OpenDatabase database = open_database(invocation);
  const Reading reading = read_database(database, invocation);
  require_known_rows(database, invocation, found.graph, reading);
  RevisionList list{.lines = {}, .detail = invocation.format.verbose ? Detail::full : Detail::id_only, .children = false,
                    .empty = std::string(nothing_applied), .edited = ids_of(find_edited(found, reading.state))};
  for (const Node node : current_nodes(found.graph, reading.state.rows)) {
    list.lines.push_back(make_line(found.graph, node));
    list.lines.back().current = true;
    mark_edited(list.lines.back(), list.edited);
  }
  if (invocation.has("check-heads")) list.error = judge(invocation, found.graph, reading.state.rows, list.edited);
  if (!list.error) tell_edited(invocation, list.edited);
  Answer answer(render(invocation.command, list, invocation.format));
  answer.error = list.error;
  return answer;
}

}  // namespace cairn
