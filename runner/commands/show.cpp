#include "commands/changes.hpp"
#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/edited.hpp"
#include "commands/known_rows.hpp"
#include "commands/recording.hpp"
#include "graph/history.hpp"
#include "offline/step_section.hpp"
#include "plugin/body_reader.hpp"
#include "report/revision_report.hpp"

#include <cairn/abi.h>

#include <algorithm>
#include <chrono>
#include <span>

namespace cairn {

namespace {

bool has_note(const PluginFile& plugin, std::uint32_t type) {
  return std::any_of(plugin.notes.begin(), plugin.notes.end(), [type](const NoteRef& note) { return note.type == type; });
}

std::vector<ShownSql> read_sql(const PluginFile& plugin) {
  std::vector<ShownSql> shown;
  const std::pair<const char*, std::uint32_t> notes[] = {
      {"up", CAIRN_NOTE_SQL_UP}, {"down", CAIRN_NOTE_SQL_DOWN}, {"verify", CAIRN_NOTE_SQL_VERIFY}};
  for (const auto& [name, type] : notes)
    if (has_note(plugin, type))
      shown.push_back({.name = name, .file = sql_source_name(plugin, type), .text = read_sql_text(plugin, type), .recorded = false,
                       .stopped = std::nullopt});
  return shown;
}

/// Code that calls nothing for so long is not waited for any longer, just to look at it.
constexpr std::chrono::seconds patience{10};

void add_recorded(std::vector<ShownSql>& shown, const std::string& name, std::span<const Piece> pieces, const Revision& revision) {
  shown.push_back({.name = name, .file = revision.origin, .text = recorded_text(pieces), .recorded = true, .stopped = std::nullopt});
}

/// What the code of one direction sends, and behind an upgrade what its verify function does.
void record_direction(std::vector<ShownSql>& shown, StepRunner& runner, const Step& step, const Invocation& invocation) {
  Observer silent;
  StepRecording recorded = record_step(runner, step, invocation, silent);
  if (recorded.stopped && recorded.stopped->category() == Category::interrupted) throw *recorded.stopped;
  const std::span<const Piece> pieces(recorded.recording.pieces);
  const std::size_t body = recorded.recording.verify.value_or(pieces.size());
  add_recorded(shown, step.direction == Direction::up ? "up" : "down", pieces.first(body), *step.revision);
  if (recorded.recording.verify) add_recorded(shown, "verify", pieces.subspan(body), *step.revision);
  shown.back().stopped = std::move(recorded.stopped);
}

std::vector<ShownSql> record_revision(const Revision& revision, const Collected& found, Invocation invocation) {
  if (invocation.settings.step_timeout.count() == 0) invocation.settings.step_timeout = patience;
  Plan plan;
  plan.steps.push_back({&revision, Direction::up, {}, {}});
  if (revision.reversible) plan.steps.push_back({&revision, Direction::down, {}, {}});
  std::vector<ShownSql> shown;
  try {
    const std::unique_ptr<StepRunner> runner = load_code(plan, found, invocation);
    for (const Step& step : plan.steps) record_direction(shown, *runner, step, invocation);
  } catch (const Error& error) {
    if (error.category() == Category::interrupted) throw;
    add_recorded(shown, "up", {}, revision);
    shown.back().stopped = error;
  }
  return shown;
}

std::vector<ShownSql> shown_sql(const Revision& revision, const Collected& found, const Invocation& invocation) {
  return revision.kind == RevisionKind::sql ? read_sql(found.plugin(revision)) : record_revision(revision, found, invocation);
}

State read_known_state(const Invocation& invocation, const RevisionGraph& graph) {
  OpenDatabase database = open_database(invocation);
  Reading reading = read_database(database, invocation);
  require_known_rows(database, invocation, graph, reading);
  return std::move(reading.state);
}

}  // namespace

Answer show(const Invocation& invocation) {
  if (invocation.has("changes")) return show_changes(invocation);
  const std::string& target = invocation.arguments.front();
  const Collected found = collect(invocation.settings);
  const State state = target == "current" ? read_known_state(invocation, found.graph) : State();
  const std::vector<std::string> edited = ids_of(find_edited(found, state));
  std::vector<ShownRevision> shown;
  for (const Node node : resolve_shown(found.graph, state.rows, target)) {
    shown.push_back({make_line(found.graph, node), shown_sql(found.graph.revision(node), found, invocation)});
    mark_edited(shown.back().line, edited);
  }
  return Answer(render_show(shown, invocation.format));
}

}  // namespace cairn
