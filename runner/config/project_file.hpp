#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// More would overflow a count of milliseconds somewhere below, and nobody waits that long.
inline constexpr long most_seconds = 1000000;

/// cairn.toml as it stands: which keys are set, and on which line. Paths are absolute already.
struct ProjectFile {
  std::filesystem::path file;
  std::optional<std::string> database;
  std::vector<std::string> plugins;
  std::optional<std::string> state_schema;
  std::optional<std::string> version_table;
  std::optional<std::string> journal_table;
  std::optional<long> lock_wait;
  std::optional<long> step_timeout;
  std::map<std::string, std::string> variables;
  std::optional<std::string> authoring_directory;   ///< paths here too are absolute
  std::optional<std::string> authoring_seeds;
  std::optional<std::string> authoring_templates;
  std::optional<std::string> authoring_kind;
  std::optional<std::string> authoring_author;
};

/// Reads and checks the file. Throws one Error (configuration) with every unknown key, its line and the
/// nearest known one.
ProjectFile read_project_file(const std::filesystem::path& file);

/// cairn.toml in this directory or the nearest one above it.
std::optional<std::filesystem::path> find_project_file(const std::filesystem::path& from);

}  // namespace cairn
