#include "alembic/alembic_import.hpp"
#include "alembic/offline_commands.hpp"
#include "alembic/version_table.hpp"
#include "authoring/new_files.hpp"
#include "authoring/source_folder.hpp"
#include "base/text.hpp"
#include "commands/commands.hpp"
#include "commands/shown_path.hpp"
#include "report/import_report.hpp"

#include <fmt/core.h>

#include <span>

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_script_bytes = std::size_t{64} << 20;
constexpr std::size_t most_shown = 20;

void require_alembic(const std::string& system) {
  if (system == "alembic") return;
  throw Error(Category::usage, fmt::format("cannot import from \"{}\"", printable(system, 60)))
      .hint("Cairn imports from Alembic: cairn import alembic FOLDER");
}

/// Files first: with the graph known, the hint can spell out the commands of Alembic.
void require_scripts(const Invocation& invocation, const AlembicProject& project, const RevisionGraph& graph) {
  if (invocation.has("partial")) return;
  std::vector<std::string> missing;
  std::vector<std::string> commands;
  const auto need = [&](const char* option, const std::vector<std::string>& lines) {
    if (invocation.has(option)) return;
    missing.push_back(fmt::format("--{}", option));
    commands.insert(commands.end(), lines.begin(), lines.end());
  };
  need("upgrade-sql", upgrade_sql_commands());
  need("downgrade-sql", downgrade_sql_commands(project, graph));
  if (missing.empty()) return;
  throw Error(Category::usage, fmt::format("the SQL of the {} is missing: {}", count_of(graph.revisions().size(), "revision"),
                                           join(missing, " and ")))
      .detail("Cairn runs no Python. Let Alembic write the SQL, in its project:\n" + join(commands, "\n"))
      .hint(fmt::format("Then: cairn import alembic {} --upgrade-sql up.sql --downgrade-sql down.sql", invocation.arguments[1]));
}

std::vector<OfflineScript> read_scripts(const Invocation& invocation, const RevisionGraph& graph) {
  std::vector<OfflineScript> scripts;
  std::vector<Error> problems;
  for (const char* const option : {"upgrade-sql", "downgrade-sql"})
    for (const std::string& file : invocation.list(option)) {
      try {
        scripts.push_back(parse_offline_script(read_input_text(file, most_script_bytes), graph));
      } catch (const Error& error) {
        problems.push_back(error);
      }
    }
  throw_all(std::move(problems));
  return scripts;
}

Error lost_error(const ImportRemark& lost) {
  return Error(Category::configuration, fmt::format("revision {} cannot be carried over: {}", lost.revision, lost.text))
      .at(lost.place)
      .hint(lost.hint);
}

/// A revision that does less than it did must not come about unasked.
void require_whole(const Invocation& invocation, const AlembicImport& import) {
  if (invocation.has("partial") || import.lost.empty()) return;
  std::vector<Error> problems;
  for (const ImportRemark& lost : import.lost) {
    if (problems.size() == most_shown) break;
    problems.push_back(lost_error(lost));
  }
  if (import.lost.size() > most_shown) problems.back().detail(fmt::format("There are {} more.", import.lost.size() - most_shown));
  const std::string way_out = "With --partial such an upgrade raises when it is run, and such a downgrade makes its revision "
                              "irreversible; write them by hand then.";
  const std::string hint = problems.back().hint();
  problems.back().hint(hint.empty() ? way_out : hint + "\n" + way_out);
  throw_all(std::move(problems));
}

/// What cairn.toml must say for the rows to be found; nothing where it fits already.
std::vector<std::string> missing_settings(const Settings& settings, const AlembicImport& import) {
  if (!import.version_table) return {};
  const VersionTable table = parse_version_table(*import.version_table);
  std::vector<std::string> lines;
  if (!table.schema.empty() && table.schema != settings.state_schema) lines.push_back(fmt::format("schema = \"{}\"", table.schema));
  if (table.name != settings.version_table) lines.push_back(fmt::format("version_table = \"{}\"", table.name));
  if (!lines.empty()) lines.insert(lines.begin(), "[state]");
  return lines;
}

/// The same revision in a folder of another name would be defined twice, which only a build would show.
void require_new(const AlembicImport& import, const fs::path& into) {
  std::vector<Error> problems;
  const std::vector<RevisionFiles> present = read_sources(std::span(&into, 1));
  for (const RevisionSource& source : import.sources)
    for (const RevisionFiles& files : present)
      if (files.revision.id == source.revision.id)
        problems.push_back(Error(Category::configuration, fmt::format("revision {} is in {} already", source.revision.id,
                                                                      shown_path(files.revision.origin)))
                               .hint("Import into another folder with --into, or move that one away."));
  throw_all(std::move(problems));
}

/// One call for all of them: all files or none.
std::vector<std::string> write_sources(const AlembicImport& import, const fs::path& into) {
  std::vector<NewFile> files;
  std::vector<std::string> folders;
  for (const RevisionSource& source : import.sources) {
    const std::vector<NewFile> made = make_files(source);
    folders.push_back(shown_path(into / fs::path(made.front().path).parent_path()));
    files.insert(files.end(), made.begin(), made.end());
  }
  create_files(into, files);
  return folders;
}

}  // namespace

Answer import_history(const Invocation& invocation) {
  require_alembic(invocation.arguments[0]);
  const AlembicProject project = read_alembic_project(invocation.arguments[1]);
  const RevisionGraph graph = make_alembic_graph(project);
  require_scripts(invocation, project, graph);
  AlembicImport import = make_alembic_import(project, graph, read_scripts(invocation, graph));
  require_whole(invocation, import);

  const fs::path into = invocation.has("into") ? fs::path(invocation.option("into")) : invocation.settings.authoring.directory;
  ImportReport report{.into = shown_path(into), .import = std::move(import), .folders = {},
                      .skipped = project.skipped, .settings = {}};
  report.settings = missing_settings(invocation.settings, report.import);
  require_new(report.import, into);
  report.folders = write_sources(report.import, into);
  return Answer(render(report, invocation.format));
}

}  // namespace cairn
