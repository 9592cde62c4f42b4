#pragma once

#include "config/layer.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace cairn {

/// cairn.toml as it stands: values are checked for their type, references to the environment not yet replaced.
struct ProjectFile {
  std::filesystem::path file;                                  ///< absolute
  Layer values;                                                ///< outside of the sections
  std::map<std::string, Layer, std::less<>> environments;      ///< by name, of [env.NAME]
};

/// Reads and checks all of the file, also the sections that are not in force. Throws one Error (configuration) with every
/// unknown key and every value of the wrong type, each with its place and the nearest thing that works.
ProjectFile read_project_file(const std::filesystem::path& file);

/// cairn.toml in this directory or the nearest one above it.
std::optional<std::filesystem::path> find_project_file(const std::filesystem::path& from);

}  // namespace cairn
