#pragma once

#include "alembic/alembic_project.hpp"
#include "graph/revision_graph.hpp"

#include <string>
#include <vector>

namespace cairn {

/// The command lines by which Alembic writes the SQL of this history into up.sql and down.sql. The way down begins
/// at each head by itself, and again below each revision whose downgrade only raises, since Alembic stops there.
std::vector<std::string> upgrade_sql_commands();
std::vector<std::string> downgrade_sql_commands(const AlembicProject& project, const RevisionGraph& graph);

}  // namespace cairn
