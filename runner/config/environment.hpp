#pragma once

#include "config/layer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// The value of an environment variable. An empty one counts as not set.
std::optional<std::string> find_in_environment(const std::string& name);

/// What the environment sets.
Layer read_environment();

/// Variables that begin like ours and are none: "CAIRN_DATABSE", with the one that was meant, if there is one.
struct StrayVariable {
  std::string name;
  std::optional<std::string> meant;
};

std::vector<StrayVariable> find_stray_variables();

}  // namespace cairn
