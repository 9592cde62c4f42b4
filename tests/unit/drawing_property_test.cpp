// Random histories are drawn, and the drawing is read back: whoever follows the lanes must find every link, and no other.
#include "report/history_drawing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <tuple>

namespace cairn {
namespace {

enum class Link { parent, dependency };
using Links = std::set<std::tuple<std::size_t, std::size_t, Link>>;   ///< from, to

std::vector<DrawnItem> random_items(unsigned seed) {
  std::mt19937 engine(seed);
  const auto below = [&](std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine); };
  std::vector<DrawnItem> items(1 + below(20));
  for (std::size_t i = 0; i + 1 < items.size(); ++i) {
    std::set<std::size_t> taken;
    for (std::size_t n = below(6) == 0 ? 0 : 1 + below(8) / 6; n > 0; --n) {
      const std::size_t parent = i + 1 + below(std::min<std::size_t>(items.size() - i - 1, 5));
      if (taken.insert(parent).second) items[i].parents.push_back(parent);
    }
    for (std::size_t n = below(8) / 5; n > 0; --n) {
      const std::size_t other = i + 1 + below(items.size() - i - 1);
      if (taken.insert(other).second) items[i].dependencies.push_back(other);
    }
  }
  return items;
}

Links links_of(const std::vector<DrawnItem>& items) {
  Links links;
  for (std::size_t i = 0; i < items.size(); ++i) {
    for (const std::size_t parent : items[i].parents) links.emplace(i, parent, Link::parent);
    for (const std::size_t other : items[i].dependencies) links.emplace(i, other, Link::dependency);
  }
  return links;
}

/// Reads a drawing of ASCII without text, row by row, with what flows down in each column.
class Reader {
 public:
  explicit Reader(const std::string& drawing) {
    std::istringstream lines(drawing);
    for (std::string line; std::getline(lines, line);) rows_.push_back(line);
  }

  Links read() {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      for (std::size_t column = 0; column < rows_[row].size() + 100; column += 2)
        if (!has_lane(row, column)) flows_.erase(column);
      const std::size_t star = rows_[row].find('*');
      if (star != std::string::npos) take_item(row, star);
      else take_junctions(row);
    }
    return links_;
  }

 private:
  struct Flow { std::set<std::size_t> sources; Link link = Link::parent; };

  char cell(std::size_t row, std::size_t column) const {
    return row < rows_.size() && column < rows_[row].size() ? rows_[row][column] : ' ';
  }

  bool has_lane(std::size_t row, std::size_t column) const {
    return std::string("|:+*").find(cell(row, column)) != std::string::npos;
  }

  /// Below junctions the lane shows what it is.
  Link link_below(std::size_t row, std::size_t column) const {
    std::size_t at = row + 1;
    while (cell(at, column) == '+') ++at;
    return cell(at, column) == ':' ? Link::dependency : Link::parent;
  }

  void take_item(std::size_t row, std::size_t column) {
    for (const std::size_t source : flows_[column].sources) links_.emplace(source, items_, flows_[column].link);
    flows_[column] = {{items_}, link_below(row, column)};
    last_ = column;
    ++items_;
  }

  void take_junctions(std::size_t row) {
    std::vector<std::size_t> junctions;
    std::vector<std::size_t> going_on;
    for (std::size_t column = 0; column < rows_[row].size(); column += 2) {
      if (cell(row, column) != '+') continue;
      junctions.push_back(column);
      if (has_lane(row + 1, column)) going_on.push_back(column);
    }
    if (junctions.empty()) return;
    if (going_on.size() == 1) gather(junctions, going_on.front());
    else part(junctions, rows_[row].find('.') == std::string::npos ? Link::parent : Link::dependency);
  }

  /// Lanes end in another one, whose item is the next to come.
  void gather(const std::vector<std::size_t>& junctions, std::size_t into) {
    for (const std::size_t column : junctions) {
      if (column == into) continue;
      for (const std::size_t source : flows_[column].sources) links_.emplace(source, items_, flows_[column].link);
      flows_.erase(column);
    }
  }

  /// The lane of the item above leads to further ones.
  void part(const std::vector<std::size_t>& junctions, Link link) {
    const std::size_t source = items_ - 1;
    for (const std::size_t column : junctions) {
      if (column == last_) continue;
      flows_[column].link = link;
      flows_[column].sources.insert(source);
    }
  }

  std::vector<std::string> rows_;
  std::map<std::size_t, Flow> flows_;
  Links links_;
  std::size_t items_ = 0;
  std::size_t last_ = 0;
};

TEST(RandomDrawing, shows_every_link_and_no_other) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    const std::vector<DrawnItem> items = random_items(seed);
    const std::string drawing = draw_history(items, {});
    ASSERT_EQ(Reader(drawing).read(), links_of(items)) << "seed " << seed << "\n" << drawing;
  }
}

}  // namespace
}  // namespace cairn
