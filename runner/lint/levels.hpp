#pragma once

#include "lint/finding.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace cairn {

/// What a project says of rules: by the id of a rule "error", "warning", "note" or "off".
using WrittenLevels = std::map<std::string, std::string, std::less<>>;

/// The levels that a project gives to rules. All others have those of the table.
class Levels {
 public:
  /// Throws one Error (configuration) that carries every name that is no rule and every level that is none.
  explicit Levels(const WrittenLevels& written);

  /// The findings with the project's levels; those of rules that are off are left out.
  std::vector<Finding> apply(std::vector<Finding> findings) const;

 private:
  std::map<std::string, std::optional<Level>, std::less<>> levels_;   ///< none: off
};

/// "error", "warning" or "note".
std::optional<Level> find_level(std::string_view name);

/// Notes in each finding why its revision accepts it, where it does.
void accept(std::span<Finding> findings, std::span<const Revision> revisions);

}  // namespace cairn
