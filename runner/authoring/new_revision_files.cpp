#include "authoring/new_revision_files.hpp"

#include "authoring/cpp_metadata.hpp"
#include "authoring/cpp_metadata_reader.hpp"
#include "authoring/header_text.hpp"
#include "authoring/slug.hpp"
#include "authoring/sql_header.hpp"
#include "authoring/sql_header_reader.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

namespace cairn {

namespace {

TemplateValues values_of(const Revision& revision) {
  std::string header = sql_header(revision);
  header.pop_back();   // its last line break is the template's
  return {{"header", header},
          {"metadata", cpp_metadata(revision)},
          {"id", revision.id},
          {"name", revision_name(revision.id, revision.message)},
          {"slug", make_slug(revision.message)},
          {"down_revision", revision.down_revisions.empty() ? "none" : join(revision.down_revisions, ", ")},
          {"message", squeezed(revision.message)},
          {"author", squeezed(revision.author)},
          {"date", revision.date},
          {"purpose", squeezed(revision.purpose)},
          {"estimated_runtime", runtime_text(revision.estimated_ms)}};
}

bool says_the_same(const Revision& a, const Revision& b) {
  return a.id == b.id && a.down_revisions == b.down_revisions && a.depends_on == b.depends_on && a.labels == b.labels &&
         a.seed == b.seed;
}

/// A revision whose links got lost on the way would be another one.
void require_metadata(const TemplateText& source, const std::string& text, const Revision& revision) {
  const bool sql = revision.kind == RevisionKind::sql;
  const std::optional<ReadMetadata> read = sql ? read_sql_header(text) : read_cpp_metadata(text);
  if (read && !read->problem && says_the_same(read->revision, revision)) return;
  const MetadataProblem problem = read && read->problem ? *read->problem : MetadataProblem{1, ""};
  throw Error(Category::configuration, "the template is wrong: what is made from it does not state the revision's metadata")
      .at(Place{.file = source.file, .line = problem.line, .column = 0, .excerpt = {}, .caret = 0})
      .detail(problem.text)
      .hint(sql ? "Begin it with a line that holds just ${header}." : "Write CAIRN_REVISION(${metadata}) in it.");
}

}  // namespace

std::vector<NewFile> make_new_revision(const Revision& revision, RevisionPurpose purpose, const TemplateSet& templates) {
  const bool merge = purpose == RevisionPurpose::merge;
  const TemplateValues values = values_of(revision);
  std::vector<NewFile> files;
  const auto add = [&](std::string_view from, const std::string& to) {
    const TemplateText* source = templates.find(from);
    if (source == nullptr) return;
    files.push_back({values.find("name")->second + "/" + to, fill_template(*source, values)});
    if (files.size() == 1) require_metadata(*source, files.front().text, revision);
  };
  if (revision.kind == RevisionKind::code) return add(merge ? "merge.cpp" : "revision.cpp", "revision.cpp"), files;
  add(merge ? "merge_up.sql" : "up.sql", "up.sql");
  add(merge ? "merge_down.sql" : "down.sql", "down.sql");
  if (!merge) add("verify.sql", "verify.sql");
  return files;
}

}  // namespace cairn
