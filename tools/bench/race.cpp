#include "race.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace cairn::bench {

double time_of(const std::function<void()>& action) {
  const auto begin = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void run(Race& race, int rounds, const std::function<double()>& ours, const std::function<double()>& other) {
  for (int round = 0; round < rounds; ++round) {
    if (round % 2 == 0) race.ours.push_back(ours());
    race.others.push_back(other());
    if (round % 2 == 1) race.ours.push_back(ours());
  }
  std::fprintf(stderr, "%s: done\n", race.what.c_str());
}

std::string print_races(const std::vector<Race>& races) {
  std::string text = "| what | against | rounds | Cairn, ms | the other, ms | ratio | goal |\n|---|---|---|---|---|---|---|\n";
  for (const Race& race : races) {
    const double ours = *std::min_element(race.ours.begin(), race.ours.end());
    const double other = *std::min_element(race.others.begin(), race.others.end());
    char line[512];
    std::snprintf(line, sizeof line, "| %s | %s | %zu | %.1f | %.1f | %.2f | ", race.what.c_str(), race.other.c_str(), race.ours.size(),
                  1e3 * ours, 1e3 * other, ours / other);
    text += line;
    std::snprintf(line, sizeof line, "%.2f |\n", race.goal);
    text += race.goal > 0 ? line : "- |\n";
  }
  return text;
}

}  // namespace cairn::bench
