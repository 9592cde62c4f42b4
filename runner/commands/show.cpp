#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/database.hpp"
#include "commands/run.hpp"
#include "graph/history.hpp"
#include "plugin/body_reader.hpp"
#include "report/revision_report.hpp"

#include <cairn/abi.h>

#include <algorithm>

namespace cairn {

namespace {

std::vector<ShownSql> read_sql(const PluginFile& plugin) {
  std::vector<ShownSql> shown;
  const std::pair<const char*, std::uint32_t> notes[] = {
      {"up", CAIRN_NOTE_SQL_UP}, {"down", CAIRN_NOTE_SQL_DOWN}, {"verify", CAIRN_NOTE_SQL_VERIFY}};
  for (const auto& [name, type] : notes) {
    const bool there = std::any_of(plugin.notes.begin(), plugin.notes.end(), [&](const NoteRef& n) { return n.type == type; });
    if (there) shown.push_back({name, sql_source_name(plugin, type), read_sql_text(plugin, type)});
  }
  return shown;
}

}  // namespace

Answer show(const Invocation& invocation) {
  const std::string target = require_target(invocation);
  const Collected found = collect(invocation.settings);
  std::vector<std::string> rows;
  if (target == "current") {
    OpenDatabase database = open_database(invocation);
    rows = read_database(database, invocation).state.rows;
  }
  std::string text;
  for (const Node node : resolve_shown(found.graph, rows, target)) {
    if (!text.empty()) text += "\n";
    text += render_show(make_line(found.graph, node), read_sql(found.plugin(found.graph.revision(node))), invocation.format);
  }
  return Answer(text.empty() ? std::string("base: nothing is applied\n") : text);
}

}  // namespace cairn
