#include "config/toml_file.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <array>
#include <cctype>
#include <fstream>
#include <sstream>

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 1024 * 1024;

Error unusable(const fs::path& file, std::string_view why) {
  return Error(Category::configuration, fmt::format("the project file {} {}", file.string(), why));
}

std::string read_text(const fs::path& file) {
  std::error_code ignored;
  if (fs::is_directory(file, ignored))
    throw unusable(file, "is a folder").hint(fmt::format("Name the file in it: --config {}.", (file / "cairn.toml").string()));
  std::ifstream input(file, std::ios::binary);
  std::string text;
  std::array<char, 4096> piece{};
  while (text.size() <= most_bytes && (input.read(piece.data(), piece.size()), input.gcount() > 0))
    text.append(piece.data(), static_cast<std::size_t>(input.gcount()));
  if (!input.is_open() || input.bad())
    throw unusable(file, "cannot be read").hint("Check that your user may read it, or name another one with --config.");
  if (text.size() > most_bytes)
    throw unusable(file, "is larger than 1 MiB").hint("It is hardly the file you meant; name another one with --config.");
  return text;
}

}  // namespace

TomlFile::TomlFile(fs::path file) : path_(std::move(file)), text_(read_text(path_)), table_(parse()) {}

Place TomlFile::place_of(const toml::source_region& region) const {
  Place place{.file = path_.string(), .line = region.begin.line, .column = region.begin.column, .excerpt = {}, .caret = 0};
  std::istringstream lines(text_);
  for (std::size_t line = 0; line < place.line && std::getline(lines, place.excerpt); ++line) {
  }
  if (place.excerpt.ends_with('\r')) place.excerpt.pop_back();
  if (!is_valid_utf8(place.excerpt)) place.excerpt.clear();
  place.caret = place.excerpt.empty() ? 0 : place.column;
  return place;
}

toml::table TomlFile::parse() const {
  try {
    return toml::parse(text_, path_.string());
  } catch (const toml::parse_error& error) {
    std::string reason(error.description());
    if (!reason.empty()) reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
    throw Error(Category::configuration, fmt::format("the project file is not valid TOML: {}", printable(reason, 500)))
        .at(place_of(error.source()))
        .hint("Look at that line; texts stand in quotes, as in: database = \"local\".");
  }
}

}  // namespace cairn
