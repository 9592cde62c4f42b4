#include "base/text.hpp"
#include "commands/commands.hpp"
#include "commands/database.hpp"
#include "config/environment.hpp"
#include "config/key.hpp"
#include "postgres/conninfo.hpp"
#include "report/config_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace cairn {

namespace {

constexpr const char* hidden = "***";

/// By its name, or because whoever wrote cairn.toml kept its value out of the file.
bool is_secret_variable(const ValueInForce& value) {
  constexpr std::array<std::string_view, 10> telling{"passw", "pwd", "secret", "token", "key", "hash", "salt", "credential", "private", "cert"};
  std::string name = value.name.substr(std::min(variables_prefix.size(), value.name.size()));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return value.refers || std::any_of(telling.begin(), telling.end(), [&](auto word) { return name.find(word) != name.npos; });
}

std::vector<std::string> shown_database(const Invocation& invocation) {
  if (invocation.settings.database || find_database_in_environment()) return {choose_database(invocation.settings).redacted()};
  return {};
}

std::vector<std::string> shown_texts(const ValueInForce& value, const Invocation& invocation) {
  if (!value.unset.empty()) return {};
  if (value.name == "database") return shown_database(invocation);
  if (value.name.starts_with(variables_prefix) && is_secret_variable(value)) return {hidden};
  if (value.name == "config" && invocation.settings.project_file) return {invocation.settings.project_file->string()};
  return value.texts;
}

std::string_view name_of(OriginKind kind) {
  constexpr std::array<std::string_view, 5> names{"default", "file", "section", "environment", "flag"};
  return names.at(static_cast<std::size_t>(kind));
}

/// For people: the whole path of cairn.toml has a line of its own.
std::string shown_origin(const ValueInForce& value, const Settings& settings) {
  if (value.name == "database" && !settings.database && value.unset.empty() && find_database_in_environment()) return "PG* variables";
  Origin origin = value.origin;
  origin.file = std::filesystem::path(origin.file).filename().string();
  return describe(origin);
}

ShownSetting make_shown(const ValueInForce& value, const Invocation& invocation) {
  return {.key = value.name, .values = shown_texts(value, invocation), .missing = value.unset, .origin_kind = std::string(name_of(value.origin.kind)),
          .origin = shown_origin(value, invocation.settings), .origin_name = value.origin.name, .file = value.origin.file,
          .line = value.origin.line};
}

std::vector<std::string> notices_of(const Settings& settings) {
  std::vector<std::string> notices = settings.notices;
  for (const StrayVariable& stray : find_stray_variables())
    notices.push_back(fmt::format("the environment variable {} means nothing to Cairn{}", printable(stray.name, 100),
                                  stray.meant ? fmt::format("; did you mean {}?", *stray.meant) : ""));
  return notices;
}

Error no_such_key(const std::string& word, const Settings& settings) {
  std::vector<std::string> names;
  for (const ValueInForce& value : settings.values) names.push_back(value.name);
  const auto near = nearest_word(word, names);
  return Error(Category::usage, fmt::format("there is no setting \"{}\"", printable(word, 100)))
      .hint(near ? fmt::format("Did you mean \"cairn config {}\"?", *near) : fmt::format("Settings: {}.", join(names, ", ")));
}

Answer one(const Invocation& invocation, const std::string& word) {
  const std::vector<ValueInForce>& values = invocation.settings.values;
  const auto found = std::find_if(values.begin(), values.end(), [&](const ValueInForce& value) { return value.name == word; });
  if (found == values.end()) throw no_such_key(word, invocation.settings);
  if (!found->unset.empty()) throw_all(word == "database" ? invocation.settings.database_problems : invocation.settings.variable_problems);
  return Answer(render(make_shown(*found, invocation), invocation.format));
}

}  // namespace

Answer config(const Invocation& invocation) {
  if (!invocation.arguments.empty()) return one(invocation, invocation.arguments.front());
  const Settings& settings = invocation.settings;
  ConfigReport report{.project_file = {}, .environment = settings.environment, .settings = {}, .notices = notices_of(settings)};
  if (settings.project_file) report.project_file = settings.project_file->string();
  for (const ValueInForce& value : settings.values) report.settings.push_back(make_shown(value, invocation));
  for (std::size_t i = settings.notices.size(); i < report.notices.size(); ++i)
    invocation.observer->log(LogLevel::notice, report.notices[i]);
  return Answer(render(report, invocation.format));
}

}  // namespace cairn
