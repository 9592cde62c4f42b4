#include "config/environment.hpp"

#include "base/text.hpp"
#include "config/key.hpp"

#include <algorithm>
#include <cstdlib>

#include <unistd.h>

namespace cairn {

namespace {

std::vector<std::string> our_variables() {
  std::vector<std::string> names;
  for (const ConfigKey& key : config_keys()) names.insert(names.end(), key.variables.begin(), key.variables.end());
  return names;
}

}  // namespace

std::optional<std::string> find_in_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

Layer read_environment() {
  Layer layer;
  for (const ConfigKey& key : config_keys())
    for (const std::string_view name : key.variables) {
      const auto value = find_in_environment(std::string(name));
      if (!value || layer.contains(key.name)) continue;
      std::vector<std::string> texts = is_list(key.kind) ? split(*value, ':') : std::vector{*value};
      if (!texts.empty())
        layer[std::string(key.name)] = {std::move(texts), {.kind = OriginKind::environment, .name = std::string(name), .file = {}}};
    }
  return layer;
}

std::vector<StrayVariable> find_stray_variables() {
  const std::vector<std::string> ours = our_variables();
  std::vector<StrayVariable> strays;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const std::string name(text.substr(0, text.find('=')));
    if (!name.starts_with("CAIRN_") || std::find(ours.begin(), ours.end(), name) != ours.end()) continue;
    strays.push_back({name, nearest_word(name, ours)});
  }
  std::sort(strays.begin(), strays.end(), [](const StrayVariable& a, const StrayVariable& b) { return a.name < b.name; });
  return strays;
}

}  // namespace cairn
