#include "config/settings.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "config/environment.hpp"
#include "config/flags.hpp"
#include "config/key.hpp"
#include "config/project_file.hpp"
#include "config/reference.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace cairn {

namespace {

namespace fs = std::filesystem;

fs::path working_directory() {
  std::error_code problem;
  fs::path path = fs::current_path(problem);
  if (problem)
    throw Error(Category::configuration, "the working directory cannot be used: " + problem.message())
        .hint("It may have been removed: change to another one.");
  return path;
}

constexpr const char* lock_file_name = "cairn.lock";

/// Of several folders the first; a pattern stands for folders of which none may be there yet.
fs::path lock_file_beside(fs::path plugins) {
  if (!plugins.has_filename()) plugins = plugins.parent_path();
  while (plugins.native().find_first_of("*?[") != std::string::npos) plugins = plugins.parent_path();
  return plugins.parent_path() / lock_file_name;
}

/// Beside the runner: where an installation and a build tree keep the plugins they come with.
fs::path plugins_beside(const fs::path& runner) {
  const fs::path installed = (runner / "../lib/cairn/plugins").lexically_normal();
  const fs::path built = (runner / "../plugins").lexically_normal();
  std::error_code ignored;
  return fs::is_directory(installed, ignored) || !fs::is_directory(built, ignored) ? installed : built;
}

/// A bundle has its manifest above the runner's folder.
bool is_in_bundle(const fs::path& runner) {
  std::error_code ignored;
  return fs::exists(runner / "../manifest.json", ignored) && fs::is_directory(runner / "../lib/cairn/plugins", ignored);
}

std::optional<ProjectFile> read_project(const std::optional<Given>& named, const fs::path& here) {
  if (!named) {
    const auto found = find_project_file(here);
    return found ? std::optional(read_project_file(*found)) : std::nullopt;
  }
  const fs::path file = named->texts.front();
  std::error_code ignored;
  if (!fs::exists(file, ignored))
    throw Error(Category::configuration, fmt::format("there is no project file {}", printable(file.string(), 500)))
        .hint(fmt::format("Name an existing cairn.toml with {}, or leave it out.", named->origin.name));
  return read_project_file(file);
}

Category category_of(const Origin& origin) {
  return origin.kind == OriginKind::flag ? Category::usage : Category::configuration;
}

/// The section that was asked for, or why it cannot be had.
const Layer& require_section(const std::optional<ProjectFile>& project, const Given& named) {
  const std::string& name = named.texts.front();
  const std::string asked = fmt::format("{} names the section [env.{}]", named.origin.name, printable(name, 100));
  if (!project)
    throw Error(category_of(named.origin), asked + ", and there is no cairn.toml")
        .hint("Change to the project's folder, or name its cairn.toml with --config.");
  const auto section = project->environments.find(name);
  if (section != project->environments.end()) return section->second;
  std::vector<std::string> names;
  for (const auto& [known, layer] : project->environments) names.push_back(known);
  const auto near = nearest_word(name, names);
  throw Error(category_of(named.origin), fmt::format("{}, which {} does not have", asked, project->file.string()))
      .hint(near            ? fmt::format("Did you mean --env {}?", *near)
            : names.empty() ? std::string("It has no such sections at all.")
                            : fmt::format("It has: {}.", join(names, ", ")));
}

/// Puts the layers on one another and turns what is in force into Settings.
class SettingsReader {
 public:
  SettingsReader(const CommandLineSettings& line, fs::path runner)
      : runner_(std::move(runner)), here_(working_directory()), flags_(read_flags(line, problems_)), environment_(read_environment()) {}

  Settings read() {
    project_ = read_project(find_strongest("config"), here_);
    if (const auto named = find_strongest("env")) {
      section_ = require_section(project_, *named);
      settings_.environment = named->texts.front();
    }
    settings_.project = project_ ? project_->file.parent_path() : here_;
    if (project_) settings_.project_file = project_->file;
    for (const ConfigKey& key : config_keys()) {
      if (is_table(key.kind)) take_named(key);
      else take(key, std::string(key.name));
    }
    throw_all(std::move(problems_));
    take_values();
    note_overridden_database();
    return std::move(settings_);
  }

 private:
  /// Strongest first; null where there is none.
  std::vector<const Layer*> layers() const {
    std::vector<const Layer*> list{&flags_, &environment_, &section_};
    if (project_) list.push_back(&project_->values);
    return list;
  }

  std::optional<Given> find_strongest(std::string_view name) const {
    for (const Layer* layer : layers())
      if (const auto found = layer->find(name); found != layer->end() && !found->second.texts.empty()) return found->second;
    return std::nullopt;
  }

  /// Each name of a table counts by itself.
  void take_named(const ConfigKey& key) {
    Layer merged;   // for the names alone
    for (const Layer* layer : layers()) merged.insert(layer->begin(), layer->end());
    for (const auto& [name, given] : merged)
      if (name.starts_with(fmt::format("{}.", key.name))) take(key, name);
  }

  void take(const ConfigKey& key, const std::string& name) {
    const auto given = find_strongest(name);
    if (!given) {
      settings_.values.push_back({name, has_plain_default(key.kind) ? std::vector{std::string(key.otherwise)} : std::vector<std::string>{}, {}, false, {}});
      return;
    }
    ValueInForce value{name, {}, given->origin, false, {}};
    for (const std::string& text : given->texts) value.texts.push_back(replaced(key, value, text));
    if (!value.unset.empty()) value.texts.clear();
    if (!is_usable(key.kind, value.texts)) refuse(key, value);
    settings_.values.push_back(std::move(value));
  }

  /// Only cairn.toml may refer to the environment: a shell does it for everybody else.
  std::string replaced(const ConfigKey& key, ValueInForce& value, const std::string& text) {
    if (value.origin.kind != OriginKind::file && value.origin.kind != OriginKind::section) return text;
    const References references = find_references(text);
    value.refers = value.refers || !references.names.empty();
    for (const std::string& name : references.names) {
      if (!find_in_environment(name)) refuse_reference(key, value, name);
      if (key.kind == KeyKind::database) settings_.secret_variables.push_back(name);
    }
    const Surroundings surroundings = key.kind == KeyKind::database ? surroundings_of(text) : Surroundings::plain;
    return replace_references(text, surroundings, [](const std::string& name) { return find_in_environment(name).value_or("unset"); });
  }

  static Place place_of(const Origin& origin) {
    return {.file = origin.file, .line = origin.line, .column = origin.column, .excerpt = {}, .caret = 0};
  }

  void refuse_reference(const ConfigKey& key, ValueInForce& value, const std::string& name) {
    value.unset = name;
    std::vector<Error>& problems = key.kind == KeyKind::database ? settings_.database_problems
                                   : key.kind == KeyKind::texts  ? settings_.variable_problems
                                                                 : problems_;
    problems.push_back(Error(Category::configuration, fmt::format("\"{}\" refers to the environment variable {}, which is not set",
                                                                  value.name, printable(name, 100)))
                           .at(place_of(value.origin))
                           .hint(fmt::format("Set {}, or give the value by a flag, which is stronger than cairn.toml.",
                                             printable(name, 100))));
  }

  /// A value is repeated only where it cannot be a secret.
  void refuse(const ConfigKey& key, const ValueInForce& value) {
    const bool told = has_plain_default(key.kind);
    const std::string not_this = told ? fmt::format(", not \"{}\"", printable(value.texts.front(), 100)) : "";
    const std::string_view expected = key.kind == KeyKind::texts ? "a text in UTF-8" : expects(key.kind);
    const std::string subject = key.kind == KeyKind::texts ? fmt::format("{} {}", value.origin.name, value.name) : value.origin.name;
    if (value.origin.file.empty())
      problems_.push_back(Error(category_of(value.origin), fmt::format("{} takes {}{}", subject, expected, not_this))
                              .hint(fmt::format("Its meaning: {}.", key.summary)));
    else
      problems_.push_back(Error(Category::configuration, fmt::format("\"{}\" must be {}{}", value.name, expected, not_this))
                              .at(place_of(value.origin))
                              .hint("Look at the environment variables that it refers to."));
  }

  const ValueInForce& value(std::string_view name) const {
    return *std::find_if(settings_.values.begin(), settings_.values.end(), [&](const ValueInForce& one) { return one.name == name; });
  }
  std::optional<std::string> text(std::string_view name) const {
    const ValueInForce& found = value(name);
    return found.texts.empty() ? std::nullopt : std::optional(found.texts.front());
  }
  std::chrono::milliseconds seconds(std::string_view name) const { return std::chrono::seconds(std::stol(*text(name))); }

  void take_values() {
    settings_.database = text("database");
    if (settings_.database) settings_.database_source = describe(value("database").origin);
    settings_.state_schema = *text("state.schema");
    settings_.version_table = *text("state.version_table");
    settings_.journal_table = *text("state.journal_table");
    settings_.lock_wait = seconds("run.lock_wait");
    settings_.step_timeout = seconds("run.step_timeout");
    settings_.isolation = text("isolation") == "none" ? Isolation::none : Isolation::process;
    settings_.edited = text("history.edited") == "warn" ? EditedPolicy::warn : EditedPolicy::error;
    settings_.tag = text("tag");
    settings_.variables = named(variables_prefix);
    take_plugins();
    take_authoring();
    take_trust();
    take_smoke();
  }

  /// Those of a table that have a value, by their own names.
  std::map<std::string, std::string, std::less<>> named(std::string_view prefix) const {
    std::map<std::string, std::string, std::less<>> texts;
    for (const ValueInForce& one : settings_.values)
      if (one.name.starts_with(prefix) && !one.texts.empty()) texts[one.name.substr(prefix.size())] = one.texts.front();
    return texts;
  }

  void take_smoke() {
    SmokeSettings& smoke = settings_.smoke;
    smoke.gate = *text("smoke.gate");
    smoke.rules = named("smoke.rules.");
    smoke.deadline = std::chrono::duration_cast<std::chrono::seconds>(seconds("smoke.deadline"));
    smoke.schemas = value("smoke.schemas").texts;
    smoke.baseline = text("smoke.baseline").value_or("");
    smoke.release = text("smoke.release").value_or("");
  }

  /// Absolute, and "steps/" is "steps".
  std::optional<fs::path> folder(std::string_view name) const {
    const auto written = text(name);
    if (!written) return std::nullopt;
    const fs::path whole = (settings_.project / *written).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
  }

  void take_authoring() {
    AuthoringSettings& authoring = settings_.authoring;
    authoring.directory = folder("authoring.directory").value_or(settings_.project / "revisions");
    authoring.seeds = folder("authoring.seeds").value_or(authoring.directory);
    authoring.templates = folder("authoring.templates");
    authoring.kind = *text("authoring.kind");
    authoring.author = text("authoring.author");
  }

  void take_trust() {
    settings_.trust.owners = value("trust.owners").texts;
    // A bundle is what its lock file says, also when that is missing.
    if (settings_.bundled && value("trust.locked").origin.kind == OriginKind::standard) set_value("trust.locked", {"true"});
    settings_.trust.locked = text("trust.locked") == "true";
    const fs::path beside = lock_file_beside(settings_.plugins.front());
    std::error_code ignored;
    const bool came_along = settings_.bundled || (!settings_.plugins_named && fs::exists(beside, ignored));
    settings_.trust.lock_file = came_along || !project_ ? beside : settings_.project / lock_file_name;
    if (const auto named = text("trust.lock_file")) settings_.trust.lock_file = (base_of("trust.lock_file") / *named).lexically_normal();
    set_value("trust.lock_file", {settings_.trust.lock_file.string()});
  }

  /// The file's paths count from the file, all others from the working directory.
  fs::path base_of(std::string_view name) const { return value(name).origin.file.empty() ? here_ : settings_.project; }

  void take_plugins() {
    const std::vector<std::string> written = value("plugins").texts;
    settings_.plugins_named = !written.empty();
    for (const std::string& folder : written) settings_.plugins.push_back((base_of("plugins") / folder).lexically_normal());
    if (!settings_.plugins_named) settings_.plugins = {plugins_beside(runner_)};
    settings_.bundled = !settings_.plugins_named && is_in_bundle(runner_);
    std::vector<std::string> shown;
    for (const fs::path& folder : settings_.plugins) shown.push_back(folder.string());
    set_value("plugins", std::move(shown));
  }

  /// What holds is shown, where it is more than what was written.
  void set_value(std::string_view name, std::vector<std::string> texts) {
    std::find_if(settings_.values.begin(), settings_.values.end(), [&](const ValueInForce& one) { return one.name == name; })->texts =
        std::move(texts);
  }

  /// Who asks for a section by name expects its database.
  void note_overridden_database() {
    const Origin& origin = value("database").origin;
    if (origin.kind != OriginKind::environment || !section_.contains("database")) return;
    settings_.notices.push_back(fmt::format("the database is that of {}, which is stronger than the one of [env.{}] in cairn.toml",
                                            origin.name, *settings_.environment));
  }

  std::vector<Error> problems_;
  fs::path runner_;
  fs::path here_;
  Layer flags_;
  Layer environment_;
  std::optional<ProjectFile> project_;
  Layer section_;
  Settings settings_;
};

}  // namespace

Settings read_settings(const CommandLineSettings& line, const fs::path& runner) { return SettingsReader(line, runner).read(); }

}  // namespace cairn
