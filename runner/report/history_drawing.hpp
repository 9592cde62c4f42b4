#pragma once

#include "graph/revision_graph.hpp"
#include "report/format.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace cairn {

/// A revision in a drawing. Numbers are places in the list of items; what an item rests on comes behind it.
struct DrawnItem {
  std::vector<std::size_t> parents;
  std::vector<std::size_t> dependencies;
  bool goes_on = false;             ///< rests on revisions that are not drawn
  std::string name;                 ///< what the first line begins with, to be coloured
  std::vector<std::string> lines;   ///< plain text to stand beside it
};

/// The links between the nodes, which come newest first; names and lines are left to the caller.
std::vector<DrawnItem> make_drawn_items(const RevisionGraph& graph, std::span<const Node> nodes);

/// The history as lanes from top to bottom: one line for each item, and between them those where lanes part and meet.
/// Dependencies are dotted; "~" stands where an item's lane leads on to what is not drawn. Where the format has a
/// width, lines are cut to it and the lanes get at most half of it.
std::string draw_history(std::span<const DrawnItem> items, const Format& format);

}  // namespace cairn
