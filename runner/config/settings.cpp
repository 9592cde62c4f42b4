#include "config/settings.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "config/project_file.hpp"

#include <fmt/core.h>

#include <charconv>
#include <cstdlib>

namespace cairn {

namespace {

namespace fs = std::filesystem;

std::optional<std::string> environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

fs::path working_directory() {
  std::error_code problem;
  fs::path path = fs::current_path(problem);
  if (problem)
    throw Error(Category::configuration, "the working directory cannot be used: " + problem.message())
        .hint("It may have been removed: change to another one.");
  return path;
}

std::optional<ProjectFile> read_project(const CommandLineSettings& line, const fs::path& here) {
  if (line.config) {
    std::error_code ignored;
    if (!fs::is_regular_file(*line.config, ignored))
      throw Error(Category::configuration, fmt::format("there is no project file {}", *line.config))
          .hint("Name an existing cairn.toml with --config, or leave the option out.");
    return read_project_file(*line.config);
  }
  const auto found = find_project_file(here);
  return found ? std::optional(read_project_file(*found)) : std::nullopt;
}

std::chrono::milliseconds seconds_of(const std::string& option, const std::string& text, const char* zero) {
  long seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem != std::errc{} || end != text.data() + text.size() || seconds < 0 || seconds > most_seconds)
    throw Error(Category::usage, fmt::format("{} takes a whole number of seconds up to {}, not \"{}\"", option, most_seconds,
                                             printable(text, 100)))
        .hint(zero);
  return std::chrono::seconds(seconds);
}

void take_database(Settings& settings, const CommandLineSettings& line, const std::optional<ProjectFile>& project) {
  const std::string file = project ? project->file.string() : "";
  const std::pair<std::string, std::optional<std::string>> sources[] = {
      {"--database", line.database},
      {"CAIRN_DATABASE", environment("CAIRN_DATABASE")},
      {"DATABASE_URL", environment("DATABASE_URL")},
      {file, project ? project->database : std::nullopt},
  };
  for (const auto& [name, value] : sources) {
    if (!value) continue;
    settings.database = value;
    settings.database_source = name;
    return;
  }
}

/// Beside the runner: where an installation and a build tree keep the plugins they come with.
fs::path plugins_beside(const fs::path& runner) {
  const fs::path installed = (runner / "../lib/cairn/plugins").lexically_normal();
  const fs::path built = (runner / "../plugins").lexically_normal();
  std::error_code ignored;
  return fs::is_directory(installed, ignored) || !fs::is_directory(built, ignored) ? installed : built;
}

void take_plugins(Settings& settings, const CommandLineSettings& line, const std::optional<ProjectFile>& project,
                  const fs::path& runner) {
  std::vector<std::string> named = line.plugins;
  if (named.empty() && environment("CAIRN_PLUGINS")) named = split(*environment("CAIRN_PLUGINS"), ':');
  if (named.empty() && project) named = project->plugins;
  settings.plugins_named = !named.empty();
  for (const std::string& path : named) settings.plugins.push_back(fs::absolute(path).lexically_normal());
  if (named.empty()) settings.plugins = {plugins_beside(runner)};
}

void take_variables(Settings& settings, const CommandLineSettings& line, const std::optional<ProjectFile>& project) {
  if (project) settings.variables.insert(project->variables.begin(), project->variables.end());
  for (const std::string& text : line.variables) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw Error(Category::usage, "-x takes KEY=VALUE").hint("For example: \"-x admin_password_hash='...'\".");
    settings.variables[text.substr(0, equals)] = text.substr(equals + 1);
  }
}

void take_project(Settings& settings, const ProjectFile& project) {
  settings.project = project.file.parent_path();
  settings.state_schema = project.state_schema.value_or(settings.state_schema);
  settings.version_table = project.version_table.value_or(settings.version_table);
  settings.journal_table = project.journal_table.value_or(settings.journal_table);
  if (project.lock_wait) settings.lock_wait = std::chrono::seconds(*project.lock_wait);
  if (project.step_timeout) settings.step_timeout = std::chrono::seconds(*project.step_timeout);
}

void take_authoring(Settings& settings, const std::optional<ProjectFile>& project) {
  AuthoringSettings& authoring = settings.authoring;
  authoring.directory = authoring.seeds = settings.project / "revisions";
  if (!project) return;
  if (project->authoring_directory) authoring.directory = *project->authoring_directory;
  authoring.seeds = project->authoring_seeds ? fs::path(*project->authoring_seeds) : authoring.directory;
  authoring.templates = project->authoring_templates;
  authoring.kind = project->authoring_kind.value_or(authoring.kind);
  authoring.author = project->authoring_author;
}

Isolation parse_isolation(const std::string& text) {
  if (text == "process") return Isolation::process;
  if (text == "none") return Isolation::none;
  throw Error(Category::usage, fmt::format("--isolation takes \"process\" or \"none\", not \"{}\"", printable(text, 100)))
      .hint("Leave it out for \"process\", which is what a run should use.");
}

}  // namespace

Settings read_settings(const CommandLineSettings& line, const fs::path& runner) {
  const fs::path here = working_directory();
  const auto project = read_project(line, here);
  Settings settings;
  settings.project = here;
  if (project) take_project(settings, *project);
  take_database(settings, line, project);
  take_plugins(settings, line, project, runner);
  take_variables(settings, line, project);
  take_authoring(settings, project);
  if (line.isolation) settings.isolation = parse_isolation(*line.isolation);
  if (line.lock_wait) settings.lock_wait = seconds_of("--lock-wait", *line.lock_wait, "Use 0 to wait for ever.");
  if (line.step_timeout) settings.step_timeout = seconds_of("--step-timeout", *line.step_timeout, "Use 0 for no limit.");
  return settings;
}

}  // namespace cairn
