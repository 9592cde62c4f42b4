#include "support/plugin_block.hpp"

#include <cairn/abi.h>

#include <functional>
#include <map>
#include <stdexcept>

namespace cairn::test {

namespace {

std::string with_line_breaks(std::string text) {
  for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) text.replace(at, 2, "\n");
  return text;
}

std::uint32_t flag_of(const std::string& name) {
  static const std::map<std::string, std::uint32_t> flags = {{"seed", CAIRN_FLAG_SEED},
                                                             {"non_transactional", CAIRN_FLAG_NON_TRANSACTIONAL},
                                                             {"not_retryable", CAIRN_FLAG_NOT_RETRYABLE}};
  const auto found = flags.find(name);
  if (found == flags.end()) throw std::runtime_error("no flag \"" + name + "\"");
  return found->second;
}

using Setter = std::function<void(SqlPlugin&, const std::string&)>;

const std::map<std::string, Setter>& setters() {
  static const std::map<std::string, Setter> table = {
      {"id", [](SqlPlugin& plugin, const std::string& value) { plugin.id = value; }},
      {"down_revision", [](SqlPlugin& plugin, const std::string& value) { plugin.down_revisions.push_back(value); }},
      {"depends_on", [](SqlPlugin& plugin, const std::string& value) { plugin.depends_on.push_back(value); }},
      {"label", [](SqlPlugin& plugin, const std::string& value) { plugin.labels.push_back(value); }},
      {"message", [](SqlPlugin& plugin, const std::string& value) { plugin.message = value; }},
      {"author", [](SqlPlugin& plugin, const std::string& value) { plugin.author = value; }},
      {"date", [](SqlPlugin& plugin, const std::string& value) { plugin.date = value; }},
      {"accept", [](SqlPlugin& plugin, const std::string& value) { plugin.accepts.push_back(value); }},
      {"phase", [](SqlPlugin& plugin, const std::string& value) { plugin.phase = value; }},
      {"file", [](SqlPlugin& plugin, const std::string& value) { plugin.up_file = value; }},
      {"up", [](SqlPlugin& plugin, const std::string& value) { plugin.up = with_line_breaks(value); }},
      {"down", [](SqlPlugin& plugin, const std::string& value) { plugin.down = with_line_breaks(value); }},
      {"verify", [](SqlPlugin& plugin, const std::string& value) { plugin.verify = with_line_breaks(value); }},
      {"min_server_version",
       [](SqlPlugin& plugin, const std::string& value) { plugin.min_server_version = static_cast<std::uint32_t>(std::stoul(value)); }},
      {"flag", [](SqlPlugin& plugin, const std::string& value) { plugin.flags |= flag_of(value); }},
  };
  return table;
}

}  // namespace

SqlPlugin parse_plugin_block(const std::vector<std::string>& lines) {
  SqlPlugin plugin;
  for (const std::string& line : lines) {
    const std::size_t colon = line.find(": ");
    const auto setter = setters().find(line.substr(0, colon));
    if (colon == std::string::npos || setter == setters().end()) throw std::runtime_error("not a line of a plugin: " + line);
    setter->second(plugin, line.substr(colon + 2));
  }
  return plugin;
}

}  // namespace cairn::test
