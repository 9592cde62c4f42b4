#include "alembic/offline_commands.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

std::vector<std::string> upgrade_sql_commands() { return {"alembic upgrade base:heads --sql > up.sql"}; }

std::vector<std::string> downgrade_sql_commands(const AlembicProject& project, const RevisionGraph& graph) {
  std::vector<std::string> starts;
  const auto add = [&](const std::string& id) {
    if (std::find(starts.begin(), starts.end(), id) == starts.end()) starts.push_back(id);
  };
  for (const Node head : graph.effective_heads()) add(graph.revision(head).id);
  for (const AlembicRevision& file : project.revisions)
    if (file.downgrade == PythonFunction::refuses)
      for (const std::string& parent : file.revision.down_revisions) add(parent);
  std::vector<std::string> commands;
  for (const std::string& start : starts)
    commands.push_back(fmt::format("alembic downgrade {}:base --sql {} down.sql", start, commands.empty() ? ">" : ">>"));
  return commands;
}

}  // namespace cairn
