#include "smoke/concourse.hpp"

#include "support/file_text.hpp"
#include "support/sql_plugin_file.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace cairn::test {

namespace {

/// "1510262030_initial_schema" is longer than an id may be: the number is the id, the rest the message.
std::string id_of(const std::string& name) { return name.substr(0, name.find('_')); }

SqlPlugin plugin_of(const std::filesystem::path& source) {
  const auto meta = nlohmann::json::parse(read_file(source / "meta.json"));
  const std::string name = meta.at("id");
  SqlPlugin plugin{.id = id_of(name), .message = name.substr(name.find('_') + 1)};
  for (const std::string parent : meta.at("parents")) plugin.down_revisions.push_back(id_of(parent));
  plugin.up = read_file(source / "up.sql");
  plugin.down = read_file(source / "down.sql");
  return plugin;
}

}  // namespace

std::size_t write_concourse(const std::filesystem::path& practice, const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(practice / "concourse")) {
    if (!entry.is_directory()) continue;
    const SqlPlugin plugin = plugin_of(entry.path());
    write_sql_plugin(folder / (plugin.id + ".so"), plugin);
    ++count;
  }
  return count;
}

}  // namespace cairn::test
