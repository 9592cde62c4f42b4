#include "authoring/template_set.hpp"

#include "authoring/text_file.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr const char* up_sql = R"(${header}

-- Write the upgrade here. It runs in one transaction; an error undoes all of it.
)";

constexpr const char* down_sql = R"(-- Write the downgrade here, in place of the statement below: what up.sql does, undone in reverse order.
-- Where there is no way back, delete this file and add "-- cairn: irreversible = yes" to the header of up.sql.
DO $unwritten$
BEGIN
  RAISE EXCEPTION 'the downgrade of revision ${id} is not written yet'
    USING HINT = 'Write it in ${name}/down.sql, then build.';
END
$unwritten$;
)";

constexpr const char* revision_cpp = R"(#include <cairn/revision.hpp>

CAIRN_REVISION(${metadata})

static void upgrade([[maybe_unused]] cairn::Database& db) {
  // Write the upgrade here: db.execute("CREATE TABLE ..."). It runs in one transaction; an error undoes all of it.
}

// What upgrade() does, undone in reverse order. Where there is no way back, delete this function and write
// CAIRN_IRREVERSIBLE_REVISION above.
static void downgrade(cairn::Database& db) {
  db.fail("the downgrade of revision ${id} is not written yet", "Write it in ${name}/revision.cpp, then build.");
}
)";

constexpr const char* merge_up_sql = R"(${header}

-- Joins ${down_revision}. There is nothing to do.
)";

constexpr const char* merge_down_sql = R"(-- Parts ${down_revision} again. There is nothing to undo.
)";

constexpr const char* merge_cpp = R"(#include <cairn/revision.hpp>

CAIRN_REVISION(${metadata})

// Joins ${down_revision}. There is nothing to do, and nothing to undo.
static void upgrade(cairn::Database&) {}
static void downgrade(cairn::Database&) {}
)";

constexpr std::pair<const char*, const char*> built_in[] = {
    {"up.sql", up_sql}, {"down.sql", down_sql}, {"revision.cpp", revision_cpp},
    {"merge_up.sql", merge_up_sql}, {"merge_down.sql", merge_down_sql}, {"merge.cpp", merge_cpp}};

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem))
    if (!entry->path().filename().string().starts_with('.')) files.push_back(entry->path());
  if (problem)
    throw Error(Category::configuration, fmt::format("cannot read the folder of templates {}: {}", folder.string(), problem.message()))
        .hint("Correct \"templates\" under [authoring] in cairn.toml, or make the folder.");
  std::sort(files.begin(), files.end());
  return files;
}

Error no_template(const fs::path& file) {
  std::vector<std::string> names{"verify.sql"};
  for (const auto& [name, text] : built_in) names.emplace_back(name);
  return Error(Category::configuration, fmt::format("{} is no template", file.string()))
      .hint(fmt::format("The templates are {}. Rename the file, or move it away.", join(names, ", ")));
}

}  // namespace

TemplateSet::TemplateSet(const std::optional<fs::path>& folder) {
  for (const auto& [name, text] : built_in) templates_[name] = {"", text};
  if (!folder) return;
  std::vector<Error> problems;
  for (const fs::path& file : files_of(*folder)) {
    const std::string name = file.filename().string();
    if (name == "verify.sql" || templates_.contains(name)) templates_[name] = {file.string(), read_text_file(file, most_text)};
    else problems.push_back(no_template(file));
  }
  throw_all(std::move(problems));
}

const TemplateText* TemplateSet::find(std::string_view name) const {
  const auto found = templates_.find(name);
  return found == templates_.end() ? nullptr : &found->second;
}

}  // namespace cairn
