#pragma once

#include "report/format.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// A setting as `config` shows it: secrets are hidden already.
struct ShownSetting {
  std::string key;
  std::vector<std::string> values;   ///< none: not set; several: a list
  std::string missing;               ///< the environment variable it refers to, where that is not set
  std::string origin_kind;           ///< "default", "file", "section", "environment" or "flag"
  std::string origin;                ///< for people
  std::string origin_name;           ///< of the section, the variable or the flag
  std::string file;
  std::size_t line = 0;
};

struct ConfigReport {
  std::optional<std::string> project_file;
  std::optional<std::string> environment;
  std::vector<ShownSetting> settings;
  std::vector<std::string> notices;
};

std::string render(const ConfigReport& report, const Format& format);

/// One setting: as text its value alone, a line for each of a list.
std::string render(const ShownSetting& setting, const Format& format);

}  // namespace cairn
