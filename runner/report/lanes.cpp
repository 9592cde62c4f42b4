#include "report/lanes.hpp"

#include <algorithm>
#include <array>

namespace cairn {

namespace {

// Ways that lead out of one character of the drawing.
constexpr unsigned up = 1;
constexpr unsigned down = 2;
constexpr unsigned left = 4;
constexpr unsigned right = 8;

struct Cell {
  unsigned ways = 0;
  Link link = Link::parent;
};

const char* unicode_stroke(const Cell& cell) {
  static constexpr std::array<const char*, 16> strokes{" ", "│", "│", "│", "─", "╯", "╮", "┤", "─", "╰", "╭", "├", "─", "┴", "┬", "┼"};
  if (cell.link == Link::dependency && cell.ways == (up | down)) return "┊";
  if (cell.link == Link::dependency && cell.ways == (left | right)) return "┄";
  return strokes[cell.ways];
}

const char* ascii_stroke(const Cell& cell) {
  const bool dotted = cell.link == Link::dependency;
  if (cell.ways == 0) return " ";
  if (cell.ways == (up | down)) return dotted ? ":" : "|";
  if (cell.ways == (left | right)) return dotted ? "." : "-";
  return "+";
}

/// A lane is one character wide, and one lies between two of them.
std::string text_of(const std::vector<Cell>& cells, Strokes strokes) {
  std::string text;
  for (const Cell& cell : cells) text += strokes == Strokes::unicode ? unicode_stroke(cell) : ascii_stroke(cell);
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::size_t Lanes::free_lane() {
  const auto free = std::find(lanes_.begin(), lanes_.end(), std::nullopt);
  if (free != lanes_.end()) return static_cast<std::size_t>(free - lanes_.begin());
  lanes_.emplace_back();
  return lanes_.size() - 1;
}

std::optional<std::size_t> Lanes::find_lane(std::size_t target, Link link) const {
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    if (lanes_[i] && lanes_[i]->target == target && lanes_[i]->link == link) return i;
  return std::nullopt;
}

std::size_t Lanes::gather(std::size_t item, std::vector<std::string>& rows) {
  std::optional<std::size_t> own = find_lane(item, Link::parent);
  if (!own) own = find_lane(item, Link::dependency);
  if (!own) {
    const std::size_t lane = free_lane();
    if (lane == ended_) rows.push_back(row());   // or it would seem to go on from the item above
    lanes_[lane] = Lane{item, Link::parent};
    return lane;
  }
  for (const Link link : {Link::dependency, Link::parent}) {
    Junctions junctions{{*own, up | down}};
    for (std::size_t i = 0; i < lanes_.size(); ++i)
      if (i != *own && lanes_[i] && lanes_[i]->target == item && lanes_[i]->link == link) junctions.emplace(i, up);
    if (junctions.size() == 1) continue;
    rows.push_back(row(junctions, link));
    for (const auto& [lane, ways] : junctions)
      if (lane != *own) lanes_[lane].reset();
  }
  return *own;
}

void Lanes::part(std::size_t lane, const std::vector<std::size_t>& parents, const std::vector<std::size_t>& dependencies,
                 std::vector<std::string>& rows) {
  lanes_[lane].reset();
  ended_.reset();
  std::vector<std::size_t> more_parents = parents;
  std::vector<std::size_t> more_dependencies = dependencies;
  const Link link = parents.empty() ? Link::dependency : Link::parent;
  std::vector<std::size_t>& first = parents.empty() ? more_dependencies : more_parents;
  if (first.empty()) {
    ended_ = lane;
    return;
  }
  lanes_[lane] = Lane{first.front(), link};
  first.erase(first.begin());
  part_further(lane, more_parents, Link::parent, rows);
  part_further(lane, more_dependencies, Link::dependency, rows);
}

void Lanes::part_further(std::size_t lane, const std::vector<std::size_t>& targets, Link link, std::vector<std::string>& rows) {
  Junctions junctions{{lane, up | down}};
  for (const std::size_t target : targets) {
    // A lane that leads there already is joined.
    if (const auto there = find_lane(target, link)) {
      junctions.emplace(*there, up | down);
      continue;
    }
    const std::size_t opened = free_lane();
    lanes_[opened] = Lane{target, link};
    junctions.emplace(opened, down);
  }
  if (junctions.size() > 1) rows.push_back(row(junctions, link));
}

std::string Lanes::row(const Junctions& junctions, Link link) const {
  const std::size_t first = junctions.begin()->first;
  const std::size_t last = junctions.rbegin()->first;
  std::vector<Cell> cells(lanes_.size() * 2);
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    if (lanes_[i]) cells[2 * i] = {up | down, lanes_[i]->link};
  for (std::size_t at = 2 * first; at <= 2 * last; ++at) {
    const auto junction = at % 2 == 0 ? junctions.find(at / 2) : junctions.end();
    if (junction != junctions.end()) cells[at] = {junction->second | (at > 2 * first ? left : 0) | (at < 2 * last ? right : 0), link};
    else if (cells[at].ways == 0) cells[at] = {left | right, link};   // another lane is drawn over the line
  }
  return text_of(cells, strokes_);
}

std::string Lanes::row(std::optional<std::size_t> lane, const std::string& sign) const {
  std::string text;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    if (i > 0) text += ' ';
    if (i == lane) text += sign;
    else text += text_of({Cell{lanes_[i] ? up | down : 0, lanes_[i] ? lanes_[i]->link : Link::parent}}, strokes_);
    if (i != lane && !lanes_[i]) text += ' ';
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace cairn
