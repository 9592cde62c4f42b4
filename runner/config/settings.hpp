#pragma once

#include "base/error.hpp"
#include "config/layer.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// What the command line said: the values of its flags, by name without dashes, in their order.
struct CommandLineSettings {
  std::map<std::string, std::vector<std::string>, std::less<>> flags;
};

enum class Isolation { process, none };

/// What an edited revision that is applied means.
enum class EditedPolicy { error, warn };

/// What a key is set to, and by what. Secrets stand in it as they are.
struct ValueInForce {
  std::string name;                  ///< "run.lock_wait", "variables.home"
  std::vector<std::string> texts;    ///< empty: nothing sets it, and there is no plain default
  Origin origin;
  bool refers = false;               ///< part of it came from the environment by a ${NAME}
  std::string unset;                 ///< such a NAME that is not set: there is no value
};

/// How new revisions are made: [authoring] in cairn.toml.
struct AuthoringSettings {
  std::filesystem::path directory;                   ///< where revisions are written: "revisions" of the project
  std::filesystem::path seeds;                       ///< where seeds are written: there too, unless it is named
  std::optional<std::filesystem::path> templates;
  std::string kind = "sql";                          ///< or "cpp"
  std::optional<std::string> author;
};

/// Which plugins may be run: [trust] in cairn.toml.
struct TrustSettings {
  std::vector<std::string> owners;   ///< names or numbers of accounts that are trusted too
  bool locked = false;               ///< nothing but what the lock file pins
  std::filesystem::path lock_file;   ///< absolute; need not be there
};

/// How smoke runs judge: [smoke] in cairn.toml.
struct SmokeSettings {
  std::string gate = "error";        ///< findings of this level and above fail the build: error, warning, note; never: none does
  std::map<std::string, std::string, std::less<>> rules;   ///< the level of a rule, or off
  std::chrono::seconds deadline{60}; ///< for each passage over a revision; 0: none
  std::vector<std::string> schemas;  ///< that revisions may make objects in; empty: any
  std::string baseline;              ///< the revision that may make schemas and extensions only; empty: none
  std::string release;               ///< the release being made, for steps that belong to one; empty: not known
};

/// What is in force, after flags, environment, the chosen section and cairn.toml, in that order of strength.
struct Settings {
  std::optional<std::string> database;     ///< as written; nothing: libpq's environment, if it names one
  std::string database_source;             ///< "--database", "CAIRN_DATABASE", "<file>, line 1": for messages
  std::vector<std::filesystem::path> plugins;   ///< absolute; may be patterns
  bool plugins_named = false;              ///< false: the folder beside the runner was taken
  bool bundled = false;                    ///< the runner is part of a bundle, and its plugins are taken
  std::filesystem::path project;           ///< folder of cairn.toml, or the working directory
  std::optional<std::filesystem::path> project_file;
  std::optional<std::string> environment;  ///< the section [env.NAME] that is in force
  std::string state_schema = "public";
  std::string version_table = "alembic_version";
  std::string journal_table = "cairn_journal";
  std::map<std::string, std::string, std::less<>> variables;
  std::optional<std::string> tag;          ///< for the journal
  Isolation isolation = Isolation::process;
  EditedPolicy edited = EditedPolicy::error;
  std::chrono::milliseconds lock_wait = std::chrono::minutes(5);
  std::chrono::milliseconds step_timeout{0};
  AuthoringSettings authoring;
  TrustSettings trust;
  SmokeSettings smoke;

  /// Why database and variables have no value although cairn.toml sets them. Thrown by who needs them: most of what
  /// people ask needs neither.
  std::vector<Error> database_problems;
  std::vector<Error> variable_problems;

  std::vector<ValueInForce> values;             ///< of all keys, in the order of the table
  std::vector<std::string> notices;             ///< what a person should know before the command runs
  std::vector<std::string> secret_variables;    ///< of the environment, that the database's text refers to
};

/// Reads the environment and cairn.toml. `runner` is the folder of the running program.
/// Throws Error (configuration or usage) naming the place of whatever is wrong, all together.
Settings read_settings(const CommandLineSettings& line, const std::filesystem::path& runner);

}  // namespace cairn
