#include "commands/digested_source.hpp"

#include "authoring/cpp_metadata_reader.hpp"
#include "authoring/sql_header_reader.hpp"
#include "authoring/text_file.hpp"
#include "plugin/source_digest.hpp"

namespace cairn {

namespace {

namespace fs = std::filesystem;

/// up.sql, down.sql and verify.sql, or those of one name, whether they are there or not.
std::vector<fs::path> sql_files(const fs::path& up) {
  const std::string name = up.filename().string();
  const std::string before = name.substr(0, name.size() - std::string_view("up.sql").size());
  return {up, up.parent_path() / (before + "down.sql"), up.parent_path() / (before + "verify.sql")};
}

}  // namespace

std::optional<DigestedFiles> DigestedSource::digest(const ReadSource& read) const {
  if (revision_.kind == RevisionKind::sql) return digest_sql(read);
  const auto code = digest_code(first_, project_, read);
  return code ? std::optional(DigestedFiles{code->digest, code->files}) : std::nullopt;
}

/// Metadata that the build gives as arguments is taken to be what it is now.
std::optional<DigestedFiles> DigestedSource::digest_sql(const ReadSource& read) const {
  const std::vector<fs::path> files = sql_files(first_);
  const std::optional<std::string> up = read(files[0]);
  if (!up) return std::nullopt;
  const Revision header = read_sql_header(*up).revision;
  const Revision& links = header.id.empty() ? revision_ : header;
  return DigestedFiles{digest_of(SqlSource{.transactional = links.transactional, .down_revisions = links.down_revisions,
                                           .depends_on = links.depends_on, .up = *up, .down = read(files[1]), .verify = read(files[2])}),
                       files};
}

std::optional<Revision> find_revision_in(const fs::path& file, const std::string& text) {
  const std::string name = file.filename().string();
  if (name == "up.sql" || name.ends_with(".up.sql")) {
    Revision revision = read_sql_header(text).revision;
    revision.kind = RevisionKind::sql;
    return revision.id.empty() ? std::nullopt : std::optional(std::move(revision));
  }
  if (!name.ends_with(".cpp")) return std::nullopt;
  auto metadata = read_cpp_metadata(text);
  return metadata && !metadata->revision.id.empty() ? std::optional(std::move(metadata->revision)) : std::nullopt;
}

std::optional<std::string> read_present(const fs::path& file) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored) ? std::optional(read_text_file(file, most_text)) : std::nullopt;
}

}  // namespace cairn
