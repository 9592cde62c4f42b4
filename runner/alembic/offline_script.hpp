#pragma once

#include "alembic/input_text.hpp"
#include "graph/revision_graph.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// The SQL of one revision in one direction, as alembic --sql wrote it.
struct OfflineStep {
  std::string revision;
  Direction direction = Direction::up;
  Place place;                        ///< of its line "-- Running ..."
  std::string sql;                    ///< without what keeps the version table, and without BEGIN and COMMIT
  std::size_t lines_before = 0;       ///< lines of the script above its first line
  bool empty = true;                  ///< there is no statement in it
  bool leaves_transaction = false;    ///< it holds BEGIN or COMMIT of its own
  bool complete = true;               ///< false: the script ends, or another one begins, before the row is written
  std::optional<Place> touches_rows;  ///< a statement of its own on the version table
};

/// What alembic upgrade --sql or downgrade --sql wrote, several of them perhaps.
struct OfflineScript {
  std::vector<OfflineStep> steps;
  std::vector<Place> left_out;              ///< statements that belong to no revision
  std::optional<std::string> version_table; ///< as written, with its schema if it has one
};

/// Cuts a script at the lines "-- Running ...". Such a line counts only where Alembic can have written it: outside of
/// statements, behind the version row of the revision before, and for a revision of the graph with these parents.
/// Throws Error (configuration) with the line of what cannot be cut, or does not fit the graph.
OfflineScript parse_offline_script(const InputText& input, const RevisionGraph& graph);

}  // namespace cairn
