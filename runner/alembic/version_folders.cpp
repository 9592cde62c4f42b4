#include "alembic/version_folders.hpp"

#include "alembic/ini_file.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_ini_bytes = std::size_t{1} << 20;

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

std::string value_of(const IniSection& section, std::string_view key) {
  const auto found = section.find(key);
  return found == section.end() ? std::string() : found->second;
}

/// What parts the folders of a list, by the word that the .ini file has for it.
std::string_view separators_of(const IniSection& section) {
  std::string word = value_of(section, "path_separator");
  if (word.empty()) word = value_of(section, "version_path_separator");
  if (word == "os" || word == ":") return ":\n";
  if (word == "space") return " \n";
  if (word == "newline") return "\n";
  if (word == ";") return ";\n";
  return ", \n";
}

/// As a person in the working directory would write it.
fs::path shortened(const fs::path& path) {
  std::error_code problem;
  const fs::path near = path.lexically_normal().lexically_relative(fs::current_path(problem));
  return problem || near.empty() || *near.begin() == ".." ? path.lexically_normal() : near;
}

std::vector<fs::path> split_folders(const std::string& value, std::string_view separators, const fs::path& base) {
  std::vector<fs::path> folders;
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t end = std::min(value.find_first_of(separators, begin), value.size());
    if (end > begin) folders.push_back(shortened(base / value.substr(begin, end - begin)));
    begin = end + 1;
  }
  return folders;
}

Error not_there(const fs::path& folder, const fs::path& ini, std::string_view key) {
  return Error(Category::configuration, fmt::format("the folder {} is not there", folder.string()))
      .detail(fmt::format("{} names it as {}.", ini.string(), key))
      .hint("Name the folder with the revision files instead of the project.");
}

VersionFolders folders_of_ini(const fs::path& ini) {
  const fs::path base = fs::absolute(ini).lexically_normal().parent_path();
  const IniSection section = parse_ini_section(read_input_text(ini, most_ini_bytes), "alembic", {{"here", base.string()}});
  const std::string location = value_of(section, "script_location");
  const std::string list = value_of(section, "version_locations");
  if (location.empty() && list.empty())
    throw Error(Category::configuration, fmt::format("{} has no script_location in a section [alembic]", ini.string()))
        .hint("Name the folder with the revision files instead of the project.");
  VersionFolders found;
  found.recursion = value_of(section, "recursive_version_locations") == "true" ? Recursion::all : Recursion::none;
  found.folders = list.empty() ? std::vector{shortened(base / location / "versions")}
                               : split_folders(list, separators_of(section), base);
  for (const fs::path& folder : found.folders)
    if (!is_folder(folder)) throw not_there(folder, ini, list.empty() ? "script_location" : "version_locations");
  return found;
}

}  // namespace

VersionFolders find_version_folders(const fs::path& place) {
  if (is_file(place / "alembic.ini")) return folders_of_ini(place / "alembic.ini");
  if (is_file(place)) return folders_of_ini(place);
  if (is_folder(place / "versions")) return {{(place / "versions").lexically_normal()}, Recursion::none};
  if (is_folder(place)) return {{place.lexically_normal()}, Recursion::none};
  throw Error(Category::configuration, fmt::format("{} is no folder", printable(place.string(), 500)))
      .hint("Name the folder that holds alembic.ini, or the folder with the revision files.");
}

}  // namespace cairn
