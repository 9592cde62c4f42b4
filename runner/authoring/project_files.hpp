#pragma once

#include "authoring/new_files.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cairn {

struct NewProject {
  std::string name;
  std::string version;   ///< of the SDK it asks for: "0.1"
};

/// What a project of one's own begins with, for create_files().
std::vector<NewFile> make_project(const NewProject& project);

/// A name that CMake takes for a project, from that of a folder.
std::string project_name(std::string_view folder);

}  // namespace cairn
