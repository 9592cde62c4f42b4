#include "report/history_drawing.hpp"

#include "report/columns.hpp"
#include "report/lanes.hpp"

#include <algorithm>
#include <map>

namespace cairn {

namespace {

/// The rows of one item: where lanes meet above it, its own, and where they part below it.
struct Block {
  std::vector<std::string> above;
  std::vector<std::string> rows;
  std::string further;              ///< lanes beside what text is left
};

Block draw_block(Lanes& lanes, const DrawnItem& item, std::size_t place, Strokes strokes) {
  Block block;
  const std::size_t lane = lanes.gather(place, block.above);
  block.rows.push_back(lanes.row(lane, strokes == Strokes::unicode ? "●" : "*"));
  lanes.part(lane, item.parents, item.dependencies, block.rows);
  const bool ends = item.parents.empty() && item.dependencies.empty();
  if (ends && item.goes_on) block.rows.push_back(lanes.row(lane, "~"));
  if (item.parents.empty() && !ends) block.rows.push_back(lanes.row());   // room to see that the lane is dotted
  block.further = lanes.row();
  return block;
}

std::size_t width_of(const Block& block, std::size_t most) {
  std::size_t width = columns_of(block.further);
  for (const std::string& row : block.rows) width = std::max(width, columns_of(row));
  return std::min(width, most);
}

std::string cut(const std::string& text, std::size_t most) { return columns_of(text) > most ? cut_to_columns(text, most) : text; }

/// The name in its colour; after cutting, which knows nothing of colours.
std::string painted(const std::string& line, const std::string& name, const Format& format) {
  if (!line.starts_with(name)) return line;
  return paint(format, Ink::yellow, name) + line.substr(name.size());
}

std::string text_of(const Block& block, const DrawnItem& item, const Format& format) {
  const std::size_t most = format.columns == 0 ? std::string::npos : format.columns;
  const std::size_t most_lanes = format.columns == 0 ? most : format.columns / 2;
  const std::size_t width = width_of(block, most_lanes);
  const std::size_t room = most - std::min(most, width + 2);
  std::string text;
  for (const std::string& row : block.above) text += cut(row, most_lanes) + "\n";
  for (std::size_t i = 0; i < std::max(block.rows.size(), item.lines.size()); ++i) {
    const std::string lanes = cut(i < block.rows.size() ? block.rows[i] : block.further, most_lanes);
    const std::string line = i < item.lines.size() ? cut(item.lines[i], room) : "";
    text += line.empty() ? lanes : padded(lanes, width) + "  " + painted(line, item.name, format);
    text += "\n";
  }
  return text;
}

/// The places of the nodes that are drawn; `left_out` tells that there were others.
std::vector<std::size_t> places_of(std::span<const Node> nodes, const std::map<Node, std::size_t>& places, bool& left_out) {
  std::vector<std::size_t> found;
  for (const Node node : nodes) {
    const auto place = places.find(node);
    if (place == places.end()) left_out = true;
    else found.push_back(place->second);
  }
  return found;
}

/// What the node rests on by depends_on alone.
std::vector<Node> dependencies_of(const RevisionGraph& graph, Node node) {
  const auto parents = graph.parents(node);
  std::vector<Node> nodes;
  for (const Node other : graph.all_parents(node))
    if (std::find(parents.begin(), parents.end(), other) == parents.end()) nodes.push_back(other);
  return nodes;
}

}  // namespace

std::vector<DrawnItem> make_drawn_items(const RevisionGraph& graph, std::span<const Node> nodes) {
  std::map<Node, std::size_t> places;
  for (std::size_t i = 0; i < nodes.size(); ++i) places.emplace(nodes[i], i);
  std::vector<DrawnItem> items;
  items.reserve(nodes.size());
  for (const Node node : nodes) {
    DrawnItem& item = items.emplace_back();
    item.parents = places_of(graph.parents(node), places, item.goes_on);
    item.dependencies = places_of(dependencies_of(graph, node), places, item.goes_on);
  }
  return items;
}

std::string draw_history(std::span<const DrawnItem> items, const Format& format) {
  Lanes lanes(format.strokes);
  std::string text;
  for (std::size_t place = 0; place < items.size(); ++place)
    text += text_of(draw_block(lanes, items[place], place, format.strokes), items[place], format);
  return text;
}

}  // namespace cairn
