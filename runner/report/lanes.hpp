#pragma once

#include "report/format.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// How one revision rests on another.
enum class Link { parent, dependency };

/// The lines of a drawing that run downwards side by side, each towards one item.
class Lanes {
 public:
  explicit Lanes(Strokes strokes) : strokes_(strokes) {}

  /// Brings all lanes towards the item together in one, or opens one; draws the rows where they meet.
  std::size_t gather(std::size_t item, std::vector<std::string>& rows);

  /// Leads the item's lane on to the first target, and parts from it lanes to the others; draws the rows where they part.
  void part(std::size_t lane, const std::vector<std::size_t>& parents, const std::vector<std::size_t>& dependencies,
            std::vector<std::string>& rows);

  /// All lanes going straight down; at `lane`, if given, the sign instead.
  std::string row(std::optional<std::size_t> lane = std::nullopt, const std::string& sign = "") const;

 private:
  struct Lane { std::size_t target; Link link; };
  /// Lanes that one horizontal line connects, with the way each goes on from there.
  using Junctions = std::map<std::size_t, unsigned>;

  std::size_t free_lane();
  std::optional<std::size_t> find_lane(std::size_t target, Link link) const;
  void part_further(std::size_t lane, const std::vector<std::size_t>& targets, Link link, std::vector<std::string>& rows);
  std::string row(const Junctions& junctions, Link link) const;

  Strokes strokes_;
  std::vector<std::optional<Lane>> lanes_;
  std::optional<std::size_t> ended_;   ///< the lane of the last item, if it leads nowhere
};

}  // namespace cairn
