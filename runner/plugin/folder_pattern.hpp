#pragma once

#include <filesystem>
#include <span>
#include <vector>

namespace cairn {

/// The folders that these paths stand for: a path that exists stands for itself; else *, ? and [a-z] stand for what they
/// match within one name, hidden ones excepted as in a shell, in bytewise order. Throws one Error
/// (configuration) with every pattern that matches no folder.
std::vector<std::filesystem::path> find_folders(std::span<const std::filesystem::path> patterns);

}  // namespace cairn
