#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// What set a value.
enum class OriginKind { standard, file, section, environment, flag };

struct Origin {
  OriginKind kind = OriginKind::standard;
  std::string name;        ///< of the section, the variable or the flag: "env.prod", "CAIRN_DATABASE", "--database"
  std::string file;        ///< of kinds file and section
  std::size_t line = 0;
  std::size_t column = 0;
};

/// "default", "<file>, line 3", "<file>, line 9, in [env.prod]", "CAIRN_DATABASE", "--database".
std::string describe(const Origin& origin);

/// A value as it was written. Folders may be several texts, everything else is one.
struct Given {
  std::vector<std::string> texts;
  Origin origin;
};

/// What one source sets, by key; a variable for the revisions is "variables.<its name>".
using Layer = std::map<std::string, Given, std::less<>>;

inline constexpr std::string_view variables_prefix = "variables.";

}  // namespace cairn
