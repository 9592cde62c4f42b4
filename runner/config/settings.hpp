#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// What the command line said; empty where it said nothing.
struct CommandLineSettings {
  std::optional<std::string> config;
  std::optional<std::string> database;
  std::vector<std::string> plugins;
  std::vector<std::string> variables;      ///< key=value
  std::optional<std::string> isolation;
  std::optional<std::string> lock_wait;
  std::optional<std::string> step_timeout;
};

enum class Isolation { process, none };

/// How new revisions are made: [authoring] in cairn.toml.
struct AuthoringSettings {
  std::filesystem::path directory;                   ///< where revisions are written: "revisions" of the project
  std::filesystem::path seeds;                       ///< where seeds are written: there too, unless it is named
  std::optional<std::filesystem::path> templates;
  std::string kind = "sql";                          ///< or "cpp"
  std::optional<std::string> author;
};

/// What is in force, after flags, environment and cairn.toml, in that order of strength.
struct Settings {
  std::optional<std::string> database;     ///< as written; nothing: libpq's environment, if it names one
  std::string database_source;             ///< "--database", "CAIRN_DATABASE", …: for messages
  std::vector<std::filesystem::path> plugins;
  bool plugins_named = false;              ///< false: the folder beside the runner was taken
  std::filesystem::path project;           ///< folder of cairn.toml, or the working directory
  std::string state_schema = "public";
  std::string version_table = "alembic_version";
  std::string journal_table = "cairn_journal";
  std::map<std::string, std::string, std::less<>> variables;
  Isolation isolation = Isolation::process;
  std::chrono::milliseconds lock_wait = std::chrono::minutes(5);
  std::chrono::milliseconds step_timeout{0};
  AuthoringSettings authoring;
};

/// Reads the environment and cairn.toml. `runner` is the folder of the running program.
/// Throws Error (configuration or usage) naming the place of whatever is wrong.
Settings read_settings(const CommandLineSettings& line, const std::filesystem::path& runner);

}  // namespace cairn
