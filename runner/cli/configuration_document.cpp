#include "cli/help.hpp"
#include "config/key.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

std::string quoted_variables(const ConfigKey& key) {
  std::string text;
  for (const std::string_view variable : key.variables) text += fmt::format("{}`{}`", text.empty() ? "" : ", then ", variable);
  return text;
}

std::string quoted_flag(const ConfigKey& key) {
  if (key.flag.empty()) return "";
  return fmt::format("{}`--{}{}{}`", key.letter.empty() ? "" : fmt::format("`-{}`, ", key.letter), key.flag, key.placeholder.empty() ? "" : " ",
                     key.placeholder);
}

/// What the table holds as a plain value is code; what it tells in words is not.
std::string shown_default(const ConfigKey& key) {
  return has_plain_default(key.kind) ? fmt::format("`{}`", key.otherwise) : std::string(key.otherwise);
}

std::string row_of(const ConfigKey& key) {
  return fmt::format("| `{}` | {} | {} | {} | {} |\n", key.name, key.home == KeyHome::project_file ? expects(key.kind) : "not there",
                     quoted_variables(key), quoted_flag(key), shown_default(key));
}

}  // namespace

std::string configuration_document() {
  std::string text = "| key | in cairn.toml | environment | flag | default |\n|---|---|---|---|---|\n";
  for (const ConfigKey& key : config_keys()) text += row_of(key);
  text += "\n";
  for (const ConfigKey& key : config_keys())
    text += fmt::format("- `{}`: {}.{}{}\n", key.name, key.summary, key.details.empty() ? "" : " ", key.details);
  return text;
}

}  // namespace cairn
