#include "cluster/server_binaries.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "cluster/program.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <vector>

#include <unistd.h>

namespace cairn {

namespace fs = std::filesystem;

namespace {

constexpr int oldest_supported = 13;
constexpr auto program_patience = std::chrono::seconds(20);

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

bool is_program(const fs::path& file) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored) && ::access(file.c_str(), X_OK) == 0;
}

/// Programs on the PATH run as ourselves: only their version is asked, with the rights the caller has anyway.
ServerUser as_ourselves() { return ServerUser{"", ::geteuid(), ::getegid(), {}}; }

std::string output_of(const fs::path& program, const std::string& argument) {
  const ProgramResult result = run_program({{program.string(), argument}, {}, program_patience}, as_ourselves());
  return result.exit_code == 0 ? trimmed(result.output) : std::string();
}

std::vector<fs::path> path_directories(std::string_view path) {
  std::vector<fs::path> directories;
  while (!path.empty()) {
    const std::size_t colon = std::min(path.find(':'), path.size());
    if (path.starts_with('/')) directories.emplace_back(path.substr(0, colon));
    path.remove_prefix(std::min(colon + 1, path.size()));
  }
  return directories;
}

std::vector<fs::path> newest_versions(const fs::path& versions) {
  std::vector<std::pair<int, fs::path>> found;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(versions, ignored))
    found.emplace_back(std::atoi(entry.path().filename().c_str()), entry.path() / "bin");
  std::sort(found.rbegin(), found.rend());
  std::vector<fs::path> directories;
  for (auto& [major, directory] : found) directories.push_back(std::move(directory));
  return directories;
}

std::vector<fs::path> candidates(const BinarySearch& search) {
  if (search.named) return {*search.named};
  std::vector<fs::path> directories = path_directories(search.path);
  const std::size_t on_path = directories.size();
  for (std::size_t i = 0; i < on_path; ++i) {
    if (!is_program(directories[i] / "pg_config")) continue;
    if (const std::string bindir = output_of(directories[i] / "pg_config", "--bindir"); bindir.starts_with('/'))
      directories.emplace_back(bindir);
    break;
  }
  for (fs::path& directory : newest_versions(search.versions)) directories.push_back(std::move(directory));
  return directories;
}

/// The installation in a directory; a link on the PATH leads to the directory with the other programs.
std::optional<ServerBinaries> read_installation(const fs::path& directory) {
  std::error_code ignored;
  const fs::path server = fs::canonical(directory / "postgres", ignored);
  if (server.empty() || !is_program(server) || !is_program(server.parent_path() / "initdb")) return std::nullopt;
  std::string version = output_of(server, "--version");
  const std::optional<int> major = parse_major_version(version);
  if (!major) return std::nullopt;
  return ServerBinaries{server.parent_path(), *major, std::move(version)};
}

[[noreturn]] void throw_none(const BinarySearch& search, const std::vector<std::string>& unsuitable) {
  constexpr auto either = "Run \"apt-get install postgresql\", or name an existing server with --database.";
  if (search.named && unsuitable.empty())
    throw Error(Category::configuration, fmt::format("there is no PostgreSQL server in {}", search.named->string()))
        .detail("The programs \"postgres\" and \"initdb\" are looked for there, because CAIRN_PG_BINDIR names it.")
        .hint("Set CAIRN_PG_BINDIR to a directory such as /usr/lib/postgresql/15/bin, or unset it.");
  if (search.major)
    throw Error(Category::configuration,
                fmt::format("the local database was made by PostgreSQL {0}, which is not installed", *search.major))
        .hint(fmt::format("Run \"apt-get install postgresql-{}\"; or, to give up the data, \"cairn db reset\".",
                          *search.major));
  if (unsuitable.empty())
    throw Error(Category::configuration, "PostgreSQL's server programs are not installed").hint(either);
  throw Error(Category::configuration, fmt::format("PostgreSQL {} or newer is needed", oldest_supported))
      .detail(fmt::format("Found: {}.", join(unsuitable, ", ")))
      .hint(either);
}

}  // namespace

BinarySearch make_binary_search() {
  BinarySearch search;
  if (const char* path = std::getenv("PATH")) search.path = path;
  if (const char* named = std::getenv("CAIRN_PG_BINDIR"); named != nullptr && *named != '\0') search.named = named;
  return search;
}

ServerBinaries find_server_binaries(const BinarySearch& search) {
  std::vector<std::string> unsuitable;
  for (const fs::path& directory : candidates(search)) {
    std::optional<ServerBinaries> found = read_installation(directory);
    if (!found) continue;
    if (search.major ? found->major == *search.major : found->major >= oldest_supported) return *found;
    unsuitable.push_back(fmt::format("{} in {}", found->major, found->directory.string()));
  }
  throw_none(search, unsuitable);
}

std::optional<int> parse_major_version(std::string_view printed) {
  constexpr std::string_view name = "(PostgreSQL) ";
  const std::size_t start = printed.find(name);
  if (start == printed.npos) return std::nullopt;
  const std::string_view number = printed.substr(start + name.size());
  int major = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), major);
  if (error != std::errc() || major < 1) return std::nullopt;
  return major;
}

}  // namespace cairn
