#include "config/project_file.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/core.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <functional>
#include <sstream>

namespace cairn {

namespace {

namespace fs = std::filesystem;

/// One key of the file: where it goes, and what it says when the value is of another type.
struct Key {
  std::string name;
  std::string_view expects;
  std::string_view example;      ///< the line to write
  std::function<bool(const toml::node&)> take;
};

Key text_key(std::string name, std::string_view example, std::optional<std::string>& target) {
  return {std::move(name), "a text", example, [&target](const toml::node& node) {
            target = node.value_exact<std::string>();
            return target.has_value();
          }};
}

Key number_key(std::string name, std::string_view example, std::optional<long>& target) {
  return {std::move(name), "a whole number of seconds from 0 to 1000000", example, [&target](const toml::node& node) {
            const auto number = node.value_exact<std::int64_t>();
            target = number ? std::optional<long>(*number) : std::nullopt;
            return number && *number >= 0 && *number <= most_seconds;
          }};
}

Key path_key(std::string name, std::string_view example, const fs::path& base, std::optional<std::string>& target) {
  return {std::move(name), "the path of a folder", example, [&target, base](const toml::node& node) {
            const auto path = node.value_exact<std::string>();
            if (!path || path->empty()) return false;
            const fs::path whole = (base / *path).lexically_normal();
            target = (whole.has_filename() ? whole : whole.parent_path()).string();   // "steps/" is "steps"
            return true;
          }};
}

Key kind_key(std::string name, std::optional<std::string>& target) {
  return {std::move(name), "\"sql\" or \"cpp\"", "kind = \"sql\"", [&target](const toml::node& node) {
            target = node.value_exact<std::string>();
            return target == "sql" || target == "cpp";
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
      text_key("database", "database = \"local\"", project.database),
      {"plugins", "a list of folders", "plugins = [\"build/plugins\"]",
       [&project, base](const toml::node& n) { return take_paths(n, base, project.plugins); }},
      text_key("state.schema", "schema = \"public\"", project.state_schema),
      text_key("state.version_table", "version_table = \"alembic_version\"", project.version_table),
      text_key("state.journal_table", "journal_table = \"cairn_journal\"", project.journal_table),
      number_key("run.lock_wait", "lock_wait = 300", project.lock_wait),
      number_key("run.step_timeout", "step_timeout = 60", project.step_timeout),
      path_key("authoring.directory", "directory = \"revisions\"", base, project.authoring_directory),
      path_key("authoring.seeds", "seeds = \"seeds\"", base, project.authoring_seeds),
      path_key("authoring.templates", "templates = \"templates\"", base, project.authoring_templates),
      kind_key("authoring.kind", project.authoring_kind),
      text_key("authoring.author", "author = \"Ana <ana@example.org>\"", project.authoring_author),
      {"variables", "a table of texts", "[variables]",
       [&project](const toml::node& n) { return take_variables(n, project.variables); }},
  };
}

std::string read_text(const fs::path& file) {
  std::ifstream input(file, std::ios::binary);
  std::string text;
  for (std::array<char, 4096> piece{}; input.read(piece.data(), piece.size()), input.gcount() > 0;)
    text.append(piece.data(), static_cast<std::size_t>(input.gcount()));
  if (!input.is_open() || input.bad())   // a directory opens, and cannot be read
    throw Error(Category::configuration, fmt::format("the project file {} cannot be read", file.string()))
        .hint("Check that your user may read it, or name another one with --config.");
  return text;
}

/// Holds the tables against the keys that there are, and gathers what does not fit.
class Reader {
 public:
  explicit Reader(ProjectFile& project) : file_(project.file), text_(read_text(file_)), keys_(make_keys(project)) {}

  void read() {
    take_table(parse(), "");
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const Error& a, const Error& b) { return a.place()->line < b.place()->line; });
    throw_all(std::move(problems_));
  }

 private:
  Place place_of(const toml::source_region& region) const {
    Place place{.file = file_.string(), .line = region.begin.line, .column = region.begin.column, .excerpt = {}, .caret = 0};
    std::istringstream lines(text_);
    for (std::size_t line = 0; line < place.line && std::getline(lines, place.excerpt); ++line) {
    }
    place.caret = place.excerpt.empty() ? 0 : place.column;
    return place;
  }

  toml::table parse() const {
    try {
      return toml::parse(text_, file_.string());
    } catch (const toml::parse_error& error) {
      std::string reason(error.description());
      if (!reason.empty()) reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
      throw Error(Category::configuration, fmt::format("the project file is not valid TOML: {}", printable(reason, 500)))
          .at(place_of(error.source()))
          .hint("Look at that line; texts stand in quotes, as in: database = \"local\".");
    }
  }

  void take_table(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) {
      const std::string name = prefix + std::string(key.str());
      const auto known = std::find_if(keys_.begin(), keys_.end(), [&](const Key& k) { return k.name == name; });
      if (known != keys_.end()) take_value(*known, node);
      else if (!is_section(name)) unknown_key(name, key);
      else if (node.is_table()) take_table(*node.as_table(), name + ".");
      else wrong_value(name, "a table", "[" + name + "]", node);
    }
  }

  void take_value(const Key& key, const toml::node& node) {
    if (!key.take(node)) wrong_value(key.name, key.expects, key.example, node);
  }

  void wrong_value(const std::string& name, std::string_view expected, std::string_view example, const toml::node& node) {
    problems_.push_back(Error(Category::configuration, fmt::format("\"{}\" must be {}", name, expected))
                            .at(place_of(node.source()))
                            .hint(fmt::format("For example: {}", example)));
  }

  bool is_section(const std::string& name) const {
    return std::any_of(keys_.begin(), keys_.end(), [&](const Key& k) { return k.name.starts_with(name + "."); });
  }

  void unknown_key(const std::string& name, const toml::key& key) {
    std::vector<std::string> names;
    for (const Key& known : keys_) names.push_back(known.name);
    const auto near = nearest_word(name, names);
    problems_.push_back(Error(Category::configuration, fmt::format("unknown key \"{}\" in the project file", printable(name, 100)))
                            .at(place_of(key.source()))
                            .hint(near ? fmt::format("Did you mean \"{}\"?", *near)
                                       : fmt::format("Known keys: {}.", join(names, ", "))));
  }

  fs::path file_;
  std::string text_;
  std::vector<Key> keys_;
  std::vector<Error> problems_;
};

}  // namespace

ProjectFile read_project_file(const fs::path& file) {
  ProjectFile project;
  project.file = fs::absolute(file).lexically_normal();
  Reader(project).read();
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
