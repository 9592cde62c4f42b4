#include "report.hpp"

#include <cstdio>

namespace cairn::bench {

namespace {

std::string number(const char* format, double value) {
  char text[32];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

template <typename Member>
double median_of(const std::vector<Run>& runs, Member member) {
  std::vector<double> values;
  for (const Run& run : runs) values.push_back(static_cast<double>(run.*member));
  return median(std::move(values));
}

/// The median of the pairs' ratios, not the ratio of the medians: both of a pair met the same other load.
double ratio_of(const Comparison& comparison) {
  std::vector<double> ratios;
  for (std::size_t pair = 0; pair < comparison.cairn.size(); ++pair) {
    ratios.push_back(comparison.cairn[pair].seconds / comparison.floor[pair].seconds);
  }
  return median(std::move(ratios));
}

std::string cairn_cells(const Comparison& comparison) {
  if (comparison.cairn.empty()) return "- | " + number("%.2f", comparison.goal) + " | - | - | - | - | -";
  const double ratio = ratio_of(comparison);
  return number("%.2f", ratio) + " | " + number("%.2f", comparison.goal) + " | " +
         (ratio <= comparison.goal ? "yes" : "no") + " | " +
         number("%.1f", 1e3 * median_of(comparison.cairn, &Run::seconds)) + " | " +
         number("%.1f", 1e3 * median_of(comparison.cairn, &Run::cpu_seconds)) + " | " +
         number("%.0f", median_of(comparison.cairn, &Run::turnarounds)) + " | " +
         number("%.0f", median_of(comparison.cairn, &Run::resident_mib));
}

std::string floor_cells(const Comparison& comparison) {
  return number("%.1f", 1e3 * median_of(comparison.floor, &Run::seconds)) + " | " +
         number("%.1f", 1e3 * median_of(comparison.floor, &Run::cpu_seconds)) + " | " +
         number("%.0f", median_of(comparison.floor, &Run::turnarounds));
}

}  // namespace

std::string print_report(const std::vector<Comparison>& comparisons, const Options& options, const std::string& server) {
  std::string text = std::to_string(options.revisions) + " revisions of one table and one index; PostgreSQL " + server +
                     ", fsync on, autovacuum off.\nTimes are medians in ms; the ratio is the median over pairs of "
                     "neighbouring runs. Turnarounds count start-up and Terminate.\n\n"
                     "| command | round trip, ms | pairs | cairn / floor | goal | met | cairn | cairn CPU | cairn turnarounds "
                     "| cairn RSS, MiB | floor | floor CPU | floor turnarounds |\n"
                     "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const Comparison& comparison : comparisons) {
    text += "| " + comparison.name + " | " + std::to_string(comparison.round_trip_ms) + " | " +
            std::to_string(comparison.floor.size()) + " | " + cairn_cells(comparison) + " | " + floor_cells(comparison) + " |\n";
  }
  return text;
}

}  // namespace cairn::bench
