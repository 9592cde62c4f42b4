#include "config/project_file.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "config/key.hpp"
#include "config/reference.hpp"
#include "config/toml_file.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

namespace fs = std::filesystem;

using Texts = std::vector<std::string>;

constexpr std::string_view environments_table = "env";

std::optional<Texts> texts_of(const toml::array& array) {
  Texts texts;
  for (const toml::node& element : array) {
    const auto text = element.value_exact<std::string>();
    if (!text) return std::nullopt;
    texts.push_back(*text);
  }
  return texts;
}

/// What the node holds, as texts; nothing when it is of another type than the key's.
std::optional<Texts> texts_of(const toml::node& node, KeyKind kind) {
  if (is_list(kind)) return node.is_array() ? texts_of(*node.as_array()) : std::nullopt;
  if (kind == KeyKind::seconds) {
    const auto number = node.value_exact<std::int64_t>();
    return number ? std::optional(Texts{std::to_string(*number)}) : std::nullopt;
  }
  if (kind == KeyKind::toggle) {
    const auto on = node.value_exact<bool>();
    return on ? std::optional(Texts{*on ? "true" : "false"}) : std::nullopt;
  }
  const auto text = node.value_exact<std::string>();
  return text ? std::optional(Texts{*text}) : std::nullopt;
}

bool is_known(const ConfigKey& key) { return key.home == KeyHome::project_file; }

const ConfigKey* find_known(std::string_view name) {
  const ConfigKey* key = find_config_key(name);
  return key != nullptr && is_known(*key) ? key : nullptr;
}

/// True for "run", of which there is "run.lock_wait".
bool holds_keys(std::string_view name) {
  return std::any_of(config_keys().begin(), config_keys().end(), [&](const ConfigKey& key) {
    return is_known(key) && key.name.starts_with(fmt::format("{}.", name));
  });
}

Texts known_names() {
  Texts names;
  for (const ConfigKey& key : config_keys())
    if (is_known(key)) names.emplace_back(key.name);
  return names;
}

/// The known key that was meant: one that is spelt alike, or one that stands in another table.
std::optional<std::string> find_meant_key(const std::string& name) {
  const Texts names = known_names();
  const std::string last = name.substr(name.rfind('.') + 1);
  for (const std::string& known : names)
    if (known.ends_with("." + last) || known == last) return known;
  return nearest_word(name, names);
}

/// Holds the tables against the keys that there are, and gathers what does not fit.
class ProjectReader {
 public:
  ProjectReader(const TomlFile& toml, ProjectFile& project) : toml_(toml), project_(project) {}

  void read() {
    for (const auto& [key, node] : toml_.table()) {
      if (key.str() == environments_table) take_environments(node);
      else take(std::string(key.str()), key, node);
    }
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const Error& a, const Error& b) { return a.place()->line < b.place()->line; });
    throw_all(std::move(problems_));
  }

 private:
  void take_environments(const toml::node& node) {
    constexpr std::string_view example = "[env.staging]";
    if (!node.is_table()) return wrong_value(environments_table, "a table of sections", example, node);
    for (const auto& [key, section] : *node.as_table()) {
      const std::string name(key.str());
      section_ = fmt::format("{}.{}", environments_table, name);
      layer_ = &project_.environments[name];
      if (name.empty()) wrong_value(section_, "a section with a name", example, section);
      else if (section.is_table()) take_table(*section.as_table(), "");
      else wrong_value(section_, "a section", fmt::format("[{}]", section_), section);
    }
    section_.clear();
    layer_ = &project_.values;
  }

  void take_table(const toml::table& table, const std::string& prefix) {
    for (const auto& [key, node] : table) take(prefix + std::string(key.str()), key, node);
  }

  void take(const std::string& name, const toml::key& key, const toml::node& node) {
    if (const ConfigKey* known = find_known(name)) {
      if (is_table(known->kind)) take_names(*known, node);
      else take_value(*known, name, node);
    } else if (!holds_keys(name)) {
      unknown_key(name, key);
    } else if (node.is_table()) {
      take_table(*node.as_table(), name + ".");
    } else {
      wrong_value(in_section(name), "a table", fmt::format("[{}]", in_section(name)), node);
    }
  }

  /// Of variables the file says what they are called; rules have names of their own, which this layer does not know.
  void take_names(const ConfigKey& key, const toml::node& node) {
    if (!node.is_table()) return wrong_value(in_section(key.name), expects(key.kind), key.example, node);
    for (const auto& [word, value] : *node.as_table()) {
      if (is_variable_name(word.str())) take_value(key, fmt::format("{}.{}", key.name, word.str()), value);
      else problem(word.source(), fmt::format("\"{}\" cannot name a {}", printable(word.str(), 100), key.kind == KeyKind::levels ? "rule" : "variable"),
                   "A name has letters, digits, \"_\", \"-\" and \".\", and begins with a letter or \"_\".");
    }
  }

  void take_value(const ConfigKey& key, const std::string& name, const toml::node& node) {
    const auto texts = texts_of(node, key.kind);
    if (!texts || !is_usable(key.kind, *texts)) {
      const bool named = is_table(key.kind);
      return wrong_value(in_section(name), named ? expects_each(key.kind) : expects(key.kind), named ? example_of_each(key.kind) : key.example, node);
    }
    for (const std::string& text : *texts)
      if (!find_references(text).well_formed)
        return problem(node.source(), fmt::format("\"{}\" holds a ${{ that is no ${{NAME}}", in_section(name)),
                       "${NAME} is replaced by the environment variable of that name; for the characters themselves write $${.");
    (*layer_)[name] = {*texts, origin_of(node)};
  }

  Origin origin_of(const toml::node& node) const {
    return {.kind = section_.empty() ? OriginKind::file : OriginKind::section, .name = section_, .file = toml_.path().string(),
            .line = node.source().begin.line, .column = node.source().begin.column};
  }

  std::string in_section(std::string_view name) const { return section_.empty() ? std::string(name) : fmt::format("{}.{}", section_, name); }

  void problem(const toml::source_region& where, std::string message, std::string hint) {
    problems_.push_back(Error(Category::configuration, std::move(message)).at(toml_.place_of(where)).hint(std::move(hint)));
  }

  void wrong_value(std::string_view name, std::string_view expected, std::string_view example, const toml::node& node) {
    problem(node.source(), fmt::format("\"{}\" must be {}", printable(name, 100), expected), fmt::format("For example: {}", example));
  }

  void unknown_key(const std::string& name, const toml::key& key) {
    const auto near = find_meant_key(name);
    problem(key.source(), fmt::format("unknown key \"{}\" in the project file", printable(in_section(name), 100)),
            near ? fmt::format("Did you mean \"{}\"?", in_section(*near))
                 : fmt::format("Known keys: {}; and sections [{}.NAME].", join(known_names(), ", "), environments_table));
  }

  const TomlFile& toml_;
  ProjectFile& project_;
  Layer* layer_ = &project_.values;
  std::string section_;             // "env.prod", while in it
  std::vector<Error> problems_;
};

}  // namespace

ProjectFile read_project_file(const fs::path& file) {
  ProjectFile project;
  project.file = fs::absolute(file).lexically_normal();
  const TomlFile toml(project.file);
  ProjectReader(toml, project).read();
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
