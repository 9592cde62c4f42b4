#pragma once

#include <string>
#include <vector>

namespace cairn::test {

/// A job of a CI service: its name, the lines that a shell gets, and whether the service gives it a database.
struct CiJob {
  std::string name;
  std::vector<std::string> lines;
  bool has_database = false;

  bool operator==(const CiJob&) const = default;
};

/// Of the YAML that we write ourselves, no other: steps "- run: LINE", or "- LINE" below "script:". Throws
/// std::runtime_error for a step that is written in another way, so that none is overlooked.
std::vector<CiJob> read_github_jobs(const std::string& text);
std::vector<CiJob> read_gitlab_jobs(const std::string& text);

}  // namespace cairn::test
