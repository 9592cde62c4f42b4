#pragma once

#include "authoring/template.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace cairn {

/// The templates in force: those that are built in, each replaced by the file of its name where a project has one.
class TemplateSet {
 public:
  /// Throws Error (configuration) when the folder is missing, or holds a file that is no template's.
  explicit TemplateSet(const std::optional<std::filesystem::path>& folder);

  /// "up.sql", "down.sql", "revision.cpp", "merge_up.sql", "merge_down.sql", "merge.cpp"; nothing for a "verify.sql"
  /// that the project does not have.
  const TemplateText* find(std::string_view name) const;

 private:
  std::map<std::string, TemplateText, std::less<>> templates_;
};

}  // namespace cairn
