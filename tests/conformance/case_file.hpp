#pragma once

#include "graph/revision.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace cairn::conformance {

/// One question with the answer that is on record.
struct Case {
  std::string name;
  std::string command;
  std::vector<Revision> revisions;
  std::vector<std::string> rows;
  std::vector<std::string> targets;   ///< one for most commands
  nlohmann::json options;
  nlohmann::json expect;              ///< null: a refusal is expected
  std::string expect_error;           ///< empty: an answer is expected
  std::string deliberate;             ///< the reason why Cairn answers otherwise, if it does

  const std::string& target() const { return targets.at(0); }
};

/// The cases of a file, and what is wrong with those that are none.
struct CaseFile {
  std::vector<Case> cases;
  std::vector<std::string> unreadable;
};

/// Throws std::exception for a file that holds no list.
CaseFile read_cases(const std::filesystem::path& file);

/// The JSON files of a folder, sorted. A file may be named instead. Throws std::exception for one that cannot be read.
std::vector<std::filesystem::path> case_files(const std::filesystem::path& folder);

}  // namespace cairn::conformance
