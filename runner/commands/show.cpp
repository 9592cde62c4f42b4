#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/database.hpp"
#include "graph/history.hpp"
#include "plugin/body_reader.hpp"
#include "report/revision_report.hpp"

#include <cairn/abi.h>

#include <algorithm>

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
    if (has_note(plugin, type)) shown.push_back({name, sql_source_name(plugin, type), read_sql_text(plugin, type)});
  return shown;
}

}  // namespace

Answer show(const Invocation& invocation) {
  const std::string& target = invocation.arguments.front();
  const Collected found = collect(invocation.settings);
  std::vector<std::string> rows;
  if (target == "current") {
    OpenDatabase database = open_database(invocation);
    rows = read_database(database, invocation).state.rows;
  }
  std::vector<ShownRevision> shown;
  for (const Node node : resolve_shown(found.graph, rows, target))
    shown.push_back({make_line(found.graph, node), read_sql(found.plugin(found.graph.revision(node)))});
  return Answer(render_show(shown, invocation.format));
}

}  // namespace cairn
