#pragma once

#include <filesystem>
#include <string>

namespace cairn {

/// The path as a person here would type it: relative where it is below the working directory.
std::string shown_path(const std::filesystem::path& path);

/// True for a path within the folder; both absolute and normal.
bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder);

}  // namespace cairn
