#include "support/server_programs.hpp"

#include "support/process.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>

extern char** environ;

namespace cairn::test {

namespace {

namespace fs = std::filesystem;

bool holds_programs(const fs::path& directory) {
  return access((directory / "postgres").c_str(), X_OK) == 0 && access((directory / "initdb").c_str(), X_OK) == 0;
}

int major_of(const fs::path& directory) {
  const std::string name = directory.filename().string();
  int major = 0;
  std::from_chars(name.data(), name.data() + name.size(), major);
  return major;
}

std::vector<fs::path> versioned_directories() {
  std::vector<fs::path> versions;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", none)) versions.push_back(entry.path());
  std::sort(versions.begin(), versions.end(), [](const auto& a, const auto& b) { return major_of(a) > major_of(b); });
  for (fs::path& version : versions) version /= "bin";
  return versions;
}

/// The directory of the real file: PATH often holds links to a few of the programs only.
std::vector<fs::path> candidates() {
  const std::string path = environment_variable("PATH");
  std::vector<fs::path> found;
  std::error_code none;
  if (const auto program = find_program("postgres", path)) found.push_back(fs::canonical(*program, none).parent_path());
  if (find_program("pg_config", path)) {
    std::string answer = run({.argv = {"pg_config", "--bindir"}}).out;
    found.emplace_back(answer.substr(0, answer.find('\n')));
  }
  const auto versions = versioned_directories();
  found.insert(found.end(), versions.begin(), versions.end());
  return found;
}

fs::path find_directory() {
  const std::string chosen = environment_variable("CAIRN_PG_BINDIR");
  if (!chosen.empty()) {
    if (holds_programs(chosen)) return chosen;
    throw std::runtime_error("CAIRN_PG_BINDIR is " + chosen + ", which does not hold postgres and initdb");
  }
  for (const fs::path& candidate : candidates()) {
    if (holds_programs(candidate)) return candidate;
  }
  throw std::runtime_error(
      "this test needs a PostgreSQL server and none is in PATH, pg_config --bindir or /usr/lib/postgresql: "
      "install one with \"apt-get install postgresql\" or name its programs' directory in CAIRN_PG_BINDIR");
}

/// "postgres (PostgreSQL) 15.20 (Debian ...)" -> "15.20"
std::string read_version(const fs::path& directory) {
  const std::string text = run({.argv = {(directory / "postgres").string(), "--version"}}).out;
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string::npos) throw std::runtime_error("cannot read the version of " + directory.string());
  return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

}  // namespace

const ServerPrograms& require_server_programs() {
  static const ServerPrograms programs = [] {
    const fs::path directory = find_directory();
    return ServerPrograms{directory, read_version(directory)};
  }();
  return programs;
}

std::map<std::string, std::optional<std::string>> without_postgres_variables() {
  std::map<std::string, std::optional<std::string>> changes;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (text.starts_with("PG")) changes[text.substr(0, text.find('='))] = std::nullopt;
  }
  return changes;
}

void forget_postgres_variables() {
  for (const auto& [name, value] : without_postgres_variables()) unsetenv(name.c_str());
}

}  // namespace cairn::test
