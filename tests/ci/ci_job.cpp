#include "ci/ci_job.hpp"

#include <optional>
#include <sstream>
#include <stdexcept>

namespace cairn::test {
namespace {

/// "lint" of the line "  lint:", when it is indented so far and no further.
std::optional<std::string> key_at(const std::string& line, std::size_t indent) {
  const std::size_t begin = line.find_first_not_of(' ');
  if (begin != indent || line[begin] == '#' || !line.ends_with(':')) return std::nullopt;
  return line.substr(indent, line.size() - indent - 1);
}

std::optional<std::string> rest_after(const std::string& line, const std::string& beginning) {
  if (!line.starts_with(beginning)) return std::nullopt;
  return line.substr(beginning.size());
}

void note_database(const std::string& line, CiJob& job) {
  if (line.find(" DATABASE_URL: ") != line.npos) job.has_database = true;
}

[[noreturn]] void refuse(const std::string& line) { throw std::runtime_error("not understood: " + line); }

}  // namespace

std::vector<CiJob> read_github_jobs(const std::string& text) {
  std::istringstream lines(text);
  std::vector<CiJob> jobs;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line == "jobs:") {
      inside = true;
    } else if (const auto name = inside ? key_at(line, 2) : std::nullopt) {
      jobs.push_back({.name = *name, .lines = {}});
    } else if (const auto step = rest_after(line, "      - run: "); step && !jobs.empty() && *step != "|") {
      jobs.back().lines.push_back(*step);
    } else if (line.find("run:") != line.npos) {
      refuse(line);
    } else if (!jobs.empty()) {
      note_database(line, jobs.back());
    }
  }
  return jobs;
}

std::vector<CiJob> read_gitlab_jobs(const std::string& text) {
  std::istringstream lines(text);
  std::vector<CiJob> jobs;
  bool in_script = false;
  for (std::string line; std::getline(lines, line);) {
    const bool was_in_script = in_script;
    in_script = line == "  script:";
    if (const auto name = key_at(line, 0)) {
      jobs.push_back({.name = *name, .lines = {}});
    } else if (const auto step = rest_after(line, "    - "); was_in_script && step) {
      jobs.back().lines.push_back(*step);
      in_script = true;
    } else if (!in_script && line.find("script:") != line.npos) {
      refuse(line);
    } else if (!jobs.empty()) {
      note_database(line, jobs.back());
    }
  }
  std::erase_if(jobs, [](const CiJob& job) { return job.name == "default"; });
  return jobs;
}

}  // namespace cairn::test
