#pragma once

#include "support/process.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cairn::test {

/// The runner under test, with everything that its environment could tell it taken away.
struct Runner {
  std::filesystem::path program;
  std::filesystem::path directory = "/";                   ///< where it is run; no project is there
  std::vector<std::string> options = {};                   ///< given with every command, for example --plugins
  std::map<std::string, std::optional<std::string>> environment = {};
  std::chrono::milliseconds deadline{60'000};

  /// Runs one command against the database.
  Finished run(const std::string& database, std::vector<std::string> words) const;

  /// The same; throws std::runtime_error with what it wrote unless it ended with 0. Gives its stdout.
  std::string require(const std::string& database, std::vector<std::string> words) const;
};

}  // namespace cairn::test
