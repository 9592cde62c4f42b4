#include "config/flags.hpp"

#include "base/text.hpp"
#include "config/key.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

Origin from_flag(std::string name) { return {.kind = OriginKind::flag, .name = std::move(name), .file = {}}; }

Error not_a_variable(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  if (equals == text.npos || equals == 0)
    return Error(Category::usage, "-x takes KEY=VALUE").hint("For example: \"-x admin_password_hash='...'\".");
  return Error(Category::usage, fmt::format("\"{}\" cannot name a variable", printable(name, 100)))
      .hint("A key has letters, digits, \"_\", \"-\" and \".\", and begins with a letter or \"_\".");
}

/// Of several values for one variable the last counts.
void take_variables(const std::vector<std::string>& texts, Layer& layer, std::vector<Error>& problems) {
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    if (equals == text.npos || !is_variable_name(name)) problems.push_back(not_a_variable(text));
    else layer[fmt::format("{}{}", variables_prefix, name)] = {{text.substr(equals + 1)}, from_flag("-x")};
  }
}

}  // namespace

Layer read_flags(const CommandLineSettings& line, std::vector<Error>& problems) {
  Layer layer;
  for (const ConfigKey& key : config_keys()) {
    const auto given = line.flags.find(key.flag);
    if (key.flag.empty() || given == line.flags.end() || given->second.empty()) continue;
    const std::vector<std::string>& texts = given->second;
    if (key.kind == KeyKind::texts) take_variables(texts, layer, problems);
    else layer[std::string(key.name)] = {is_list(key.kind) ? texts : std::vector{texts.back()},
                                         from_flag(fmt::format("--{}", key.flag))};
  }
  return layer;
}

}  // namespace cairn
