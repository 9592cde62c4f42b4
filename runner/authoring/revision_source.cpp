#include "authoring/revision_source.hpp"

#include "authoring/slug.hpp"
#include "authoring/sql_header.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

bool is_fit_for_names(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || byte >= 0x80;
}

std::string ended(std::string text) {
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  return text;
}

}  // namespace

void require_folder_name(const std::string& id) {
  const bool fit = !id.empty() && id.front() != '.' && is_valid_utf8(id) && std::all_of(id.begin(), id.end(), is_fit_for_names);
  if (!fit)
    throw Error(Category::usage, fmt::format("a revision \"{}\" can have no folder of that name", printable(id, 64)))
        .hint("Use letters, digits, _ and dots in the id, and no dot at its beginning.");
}

std::vector<NewFile> make_files(const RevisionSource& source) {
  require_folder_name(source.revision.id);
  const std::string folder = revision_name(source.revision.id, source.revision.message) + "/";
  std::vector<NewFile> files{{folder + "up.sql", sql_header(source.revision) + ended("\n" + source.up)}};
  if (source.revision.reversible) files.push_back({folder + "down.sql", ended(source.down)});
  if (!source.verify.empty()) files.push_back({folder + "verify.sql", ended(source.verify)});
  return files;
}

}  // namespace cairn
