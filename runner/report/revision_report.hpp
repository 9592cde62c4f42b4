#pragma once

#include "base/error.hpp"
#include "graph/revision_graph.hpp"
#include "report/history_drawing.hpp"
#include "report/format.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// A revision with what the graph and the database say about it.
struct RevisionLine {
  Revision revision;
  std::vector<std::string> labels;
  std::vector<std::string> children;   ///< where it branches into
  bool known = true;                   ///< false: a version row that no plugin holds
  bool head = false;
  bool effective_head = false;         ///< a head that something depends on
  bool current = false;
  bool edited = false;                 ///< applied, and its source means something else now
  bool merge_point = false;
};

/// What to say instead of a list of applied revisions that is empty.
inline constexpr std::string_view nothing_applied = "base: nothing is applied";

enum class Detail {
  id_only,     ///< current, heads
  parents,     ///< history, branches: "a -> b (head), message"
  full,        ///< show, -v
};

struct RevisionList {
  std::vector<RevisionLine> lines;
  Detail detail = Detail::parents;
  bool children = false;               ///< below each line those it branches into
  std::string empty;                   ///< what to say when there is none
  std::vector<std::string> edited = {};   ///< for JSON: applied revisions that were edited, listed or not
  std::optional<Error> error = {};     ///< for JSON; its text is printed by the caller
};

/// A line with all that the graph knows of the node.
RevisionLine make_line(const RevisionGraph& graph, Node node);

std::string render(std::string_view command, const RevisionList& list, const Format& format);

/// The list beside a drawing of how its revisions rest on each other; `items` are its lines, in the same order.
std::string render_drawing(std::string_view command, const RevisionList& list, std::vector<DrawnItem> items,
                           const Format& format);

/// What a revision runs in one of its parts, for show.
struct ShownSql {
  std::string name;      ///< "up", "down", "verify"
  std::string file;      ///< of the text; of code the plugin
  std::string text;
  bool recorded = false;          ///< what code sends while nothing answers it
  std::optional<Error> stopped;   ///< why the recording ends where it does, if it is not the end
};

struct ShownRevision {
  RevisionLine line;
  std::vector<ShownSql> sql;
};

std::string render_show(const std::vector<ShownRevision>& revisions, const Format& format);

}  // namespace cairn
