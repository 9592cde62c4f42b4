#pragma once

#include "cluster/server_user.hpp"

#include <filesystem>

namespace cairn {

/// Sees to it that the directory exists, belongs to the user and is open to nobody else; its parent must exist.
/// Where only root may write, root makes it and gives it away. Throws Error (configuration) when it cannot be
/// made, or is a link or somebody else's: in /tmp anybody may have put it there.
void make_private_directory(const std::filesystem::path& directory, const ServerUser& user);

/// Makes a directory that others may pass through, and those above it, as this process; keeps an existing one.
/// Throws Error (configuration).
void make_shared_directory(const std::filesystem::path& directory);

/// True when the user can reach files in the directory, that is, may search it and everything above it.
bool can_enter(const std::filesystem::path& directory, const ServerUser& user);

}  // namespace cairn
