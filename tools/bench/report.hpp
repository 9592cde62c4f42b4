#pragma once

#include "measure.hpp"
#include "options.hpp"

#include <string>
#include <vector>

namespace cairn::bench {

/// One command at one round trip: its runs in pairs with the floor's, made right beside each other.
struct Comparison {
  std::string name;
  double goal = 0;            ///< cairn divided by the floor, at most
  int round_trip_ms = 0;
  std::vector<Run> floor = {};
  std::vector<Run> cairn = {};  ///< empty when only the floor is measured
};

/// The Markdown table of ratios and raw medians.
std::string print_report(const std::vector<Comparison>& comparisons, const Options& options, const std::string& server);

}  // namespace cairn::bench
