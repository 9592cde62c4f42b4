#pragma once

#include "plugin/bytes.hpp"

#include <filesystem>

namespace cairn {

/// What a plugin says is run with the rights of whoever runs Cairn, on their database. These throw an Error
/// (category plugin, without the path in its message) when everybody on the machine could put words into its mouth.
void require_trusted(const FileBytes& file, const std::filesystem::path& path);

/// The same of a directory that holds plugins, or holds one that does: names in it can be exchanged. A sticky
/// bit does not help, since it lets everybody add a plugin. Throws also when the directory cannot be asked.
void require_trusted_directory(const std::filesystem::path& directory);

}  // namespace cairn
