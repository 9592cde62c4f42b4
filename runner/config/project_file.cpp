#include "config/project_file.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/core.h>
#include <toml++/toml.h>

#include <functional>

namespace cairn {

namespace {

namespace fs = std::filesystem;

Place place_of(const fs::path& file, const toml::source_region& region) {
  return {.file = file.string(), .line = region.begin.line, .column = region.begin.column, .excerpt = {}, .caret = 0};
}

/// One key of the file: where it goes, and what it says when the value is of another type.
struct Key {
  std::string name;
  std::string_view expects;
  std::function<bool(const toml::node&)> take;
};

Key text_key(std::string name, std::optional<std::string>& target) {
  return {std::move(name), "a text", [&target](const toml::node& node) {
            target = node.value_exact<std::string>();
            return target.has_value();
          }};
}

Key number_key(std::string name, std::optional<long>& target) {
  return {std::move(name), "a whole number of seconds, 0 or more", [&target](const toml::node& node) {
            const auto number = node.value_exact<std::int64_t>();
            target = number ? std::optional<long>(*number) : std::nullopt;
            return number && *number >= 0;
          }};
}

bool take_paths(const toml::node& node, const fs::path& base, std::vector<std::string>& paths) {
  const toml::array* array = node.as_array();
  if (array == nullptr) return false;
  for (const toml::node& element : *array) {
    const auto path = element.value_exact<std::string>();
    if (!path) return false;
    paths.push_back((base / *path).lexically_normal().string());
  }
  return true;
}

bool take_variables(const toml::node& node, std::map<std::string, std::string>& variables) {
  const toml::table* table = node.as_table();
  if (table == nullptr) return false;
  for (const auto& [key, value] : *table) {
    const auto text = value.value_exact<std::string>();
    if (!text) return false;
    variables[std::string(key.str())] = *text;
  }
  return true;
}

std::vector<Key> make_keys(ProjectFile& project) {
  const fs::path base = project.file.parent_path();
  return {
      text_key("database", project.database),
      {"plugins", "a list of folders", [&project, base](const toml::node& n) { return take_paths(n, base, project.plugins); }},
      text_key("state.schema", project.state_schema),
      text_key("state.version_table", project.version_table),
      text_key("state.journal_table", project.journal_table),
      number_key("run.lock_wait", project.lock_wait),
      number_key("run.step_timeout", project.step_timeout),
      {"variables", "a table of texts", [&project](const toml::node& n) { return take_variables(n, project.variables); }},
  };
}

Error unknown_key(const fs::path& file, const std::string& name, const toml::node& node, const std::vector<Key>& keys) {
  std::vector<std::string> names;
  for (const Key& key : keys) names.push_back(key.name);
  Error error(Category::configuration, fmt::format("unknown key \"{}\"", name));
  error.at(place_of(file, node.source()));
  const auto near = nearest_word(name, names);
  error.hint(near ? fmt::format("Did you mean \"{}\"?", *near) : fmt::format("Known keys: {}.", join(names, ", ")));
  return error;
}

void take_table(const fs::path& file, const toml::table& table, const std::string& prefix, const std::vector<Key>& keys,
                std::vector<Error>& problems) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    const auto known = std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.name == name; });
    if (known != keys.end()) {
      if (!known->take(node))
        problems.push_back(Error(Category::configuration, fmt::format("\"{}\" must be {}", name, known->expects))
                               .at(place_of(file, node.source())));
      continue;
    }
    const bool section = std::any_of(keys.begin(), keys.end(), [&](const Key& k) { return k.name.starts_with(name + "."); });
    if (section && node.is_table())
      take_table(file, *node.as_table(), name + ".", keys, problems);
    else
      problems.push_back(unknown_key(file, name, node, keys));
  }
}

toml::table parse_file(const fs::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw Error(Category::configuration, fmt::format("cannot read the project file: {}", error.description()))
        .at(place_of(file, error.source()));
  }
}

}  // namespace

ProjectFile read_project_file(const fs::path& file) {
  ProjectFile project;
  project.file = fs::absolute(file).lexically_normal();
  std::vector<Error> problems;
  take_table(project.file, parse_file(project.file), "", make_keys(project), problems);
  throw_all(std::move(problems));
  return project;
}

std::optional<fs::path> find_project_file(const fs::path& from) {
  for (fs::path folder = fs::absolute(from).lexically_normal(); ; folder = folder.parent_path()) {
    std::error_code ignored;
    if (fs::is_regular_file(folder / "cairn.toml", ignored)) return folder / "cairn.toml";
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

}  // namespace cairn
