#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cairn::test {

/// Takes out of an output what differs from run to run: durations, times, process ids, versions of the
/// server, and the values it is given (paths, names).
class Normaliser {
 public:
  /// Shows `value` as "<name>" wherever it stands as a word of its own. Empty values are ignored.
  void add(const std::string& value, const std::string& name);

  std::string apply(std::string text) const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;   ///< longest first
};

}  // namespace cairn::test
