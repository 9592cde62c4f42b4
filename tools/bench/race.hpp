#pragma once

#include <functional>
#include <string>
#include <vector>

namespace cairn::bench {

/// Two ways to the same, taken in turn. What counts is the least time of each: other load only ever adds.
struct Race {
  std::string what;
  std::string other;                 ///< what it is measured against
  double goal = 0;                   ///< ours divided by the other, at most; 0: none
  std::vector<double> ours = {};     ///< seconds
  std::vector<double> others = {};
};

/// Runs both in turn, each first in every second round.
void run(Race& race, int rounds, const std::function<double()>& ours, const std::function<double()>& other);

/// How long it takes, in seconds.
double time_of(const std::function<void()>& action);

/// The Markdown table of all.
std::string print_races(const std::vector<Race>& races);

/// Start of a throw-away server to its first answer.
Race race_starts(int rounds);

/// The schema of so many tables as a snapshot; by a reader that has read before, where `again`.
enum class Reading { first, again };
Race race_snapshots(int rounds, std::size_t tables, Reading reading);

}  // namespace cairn::bench
