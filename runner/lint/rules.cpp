#include "lint/finding.hpp"

#include <algorithm>
#include <vector>

namespace cairn {

std::span<const Rule> rules() {
  static const std::vector<Rule> all = [] {
    std::vector<Rule> list;
    for (const auto part : {ladder_rules(), hazard_rules(), policy_rules()}) list.insert(list.end(), part.begin(), part.end());
    return list;
  }();
  return all;
}

const Rule* find_rule(std::string_view id) {
  const auto found = std::find_if(rules().begin(), rules().end(), [&](const Rule& rule) { return rule.id == id; });
  return found == rules().end() ? nullptr : &*found;
}

std::string_view name_of(Level level) {
  switch (level) {
    case Level::note: return "note";
    case Level::warning: return "warning";
    case Level::error: break;
  }
  return "error";
}

}  // namespace cairn
