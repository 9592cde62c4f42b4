#pragma once

#include "lint/finding.hpp"

#include <string>
#include <vector>

namespace cairn::test {

/// "rule: what", a line for each.
inline std::string text_of(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) text += finding.rule + ": " + finding.what + "\n";
  return text;
}

}  // namespace cairn::test
