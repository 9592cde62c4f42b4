#pragma once

#include "authoring/metadata_problem.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cairn {

/// A revision as it lies in a source folder, built or not.
struct RevisionFiles {
  Revision revision;                          ///< its origin is the file that holds the metadata
  std::vector<std::filesystem::path> files;   ///< for an editor; that file first, then down.sql and verify.sql
  std::string stem;                           ///< what its library is called: "<id>_<slug>"
  std::optional<MetadataProblem> problem;     ///< why the metadata cannot be told without a build
};

/// Every up.sql, <name>.up.sql and C++ file with a revision in it, below the folders; hidden names and linked folders
/// are passed over, and a folder that is not there holds nothing. Sorted by path.
/// Throws Error (configuration) for what cannot be read.
std::vector<RevisionFiles> read_sources(std::span<const std::filesystem::path> folders);

}  // namespace cairn
