#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace cairn::bench {

/// One run of a program, from before it was started to its end.
struct Run {
  double seconds = 0;
  double cpu_seconds = 0;
  double resident_mib = 0;        ///< never less than the bench's own peak, which a child inherits
  std::size_t turnarounds = 0;
};

/// Throws std::runtime_error with the program's stderr when it cannot be run or fails.
Run measure(const std::vector<std::string>& argv);

double median(std::vector<double> values);

}  // namespace cairn::bench
