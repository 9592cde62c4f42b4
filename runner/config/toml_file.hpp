#pragma once

#include "base/error.hpp"

#include <toml++/toml.h>

#include <filesystem>
#include <string>

namespace cairn {

/// A TOML file, parsed, with its text for messages.
class TomlFile {
 public:
  /// Throws Error (configuration) for a file that cannot be read, is no text or is no TOML.
  explicit TomlFile(std::filesystem::path file);

  const toml::table& table() const { return table_; }
  const std::filesystem::path& path() const { return path_; }
  Place place_of(const toml::source_region& region) const;

 private:
  toml::table parse() const;

  std::filesystem::path path_;
  std::string text_;
  toml::table table_;
};

}  // namespace cairn
