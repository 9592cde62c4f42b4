#include "base/text.hpp"
#include "commands/commands.hpp"
#include "commands/known_revisions.hpp"
#include "commands/known_rows.hpp"
#include "commands/shown_path.hpp"
#include "graph/history.hpp"
#include "graph/resolve.hpp"
#include "report/authoring_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>

#include <unistd.h>

namespace cairn {

namespace {

namespace fs = std::filesystem;

/// A source that does not tell its id is known by its name.
const RevisionFiles* find_source(const std::vector<RevisionFiles>& sources, const std::string& id) {
  const auto found = std::find_if(sources.begin(), sources.end(), [&](const RevisionFiles& source) {
    return source.revision.id == id || (source.problem && (source.stem == id || source.stem.starts_with(id + "_")));
  });
  return found == sources.end() ? nullptr : &*found;
}

Error no_source(const Revision& revision, const Settings& settings) {
  std::vector<std::string> folders;
  for (const fs::path& folder : source_folders(settings)) folders.push_back(shown_path(folder));
  return Error(Category::configuration,
               fmt::format("the source of revision \"{}\" is not below {}", revision.id, join(folders, " or ")))
      .detail(fmt::format("Its library is {}.", revision.origin))
      .hint("Edit it where it is built; \"directory\" and \"seeds\" under [authoring] in cairn.toml name the folders that are "
            "searched.");
}

std::vector<Node> find_nodes(const Invocation& invocation, const RevisionGraph& graph) {
  const std::string& target = invocation.arguments.front();
  if (target != "current") return resolve_fixed(Question{graph, {}, "edit"}, parse_target(target));
  OpenDatabase database = open_database(invocation);
  return resolve_shown(graph, read_known_rows(database, invocation, graph), target);
}

/// A whole id is looked for among the files alone: what is wrong with one of them must not keep it from being opened.
std::vector<fs::path> find_files(const Invocation& invocation) {
  const std::string& target = invocation.arguments.front();
  const std::vector<RevisionFiles> sources = read_sources(source_folders(invocation.settings));
  if (const RevisionFiles* source = find_source(sources, target)) return source->files;
  const KnownRevisions known = find_known_revisions(invocation.settings);
  std::vector<fs::path> files;
  for (const Node node : find_nodes(invocation, known.graph)) {
    const RevisionFiles* source = find_source(known.sources, known.graph.revision(node).id);
    if (source == nullptr) throw no_source(known.graph.revision(node), invocation.settings);
    files.insert(files.end(), source->files.begin(), source->files.end());
  }
  if (files.empty())
    throw Error(Category::usage, fmt::format("\"{}\" names no revision, so there is nothing to edit", target))
        .hint("\"cairn history\" lists the revisions.");
  return files;
}

std::string find_editor() {
  for (const char* name : {"VISUAL", "EDITOR"})
    if (const char* editor = std::getenv(name); editor != nullptr && *editor != '\0') return editor;
  return "";
}

Error cannot_open(std::string why, std::string hint, const std::vector<std::string>& files) {
  return Error(Category::configuration, std::move(why)).detail(join(files, "\n")).hint(std::move(hint));
}

/// The variables hold a command line of a shell, as everywhere; the paths stay out of it.
std::vector<std::string> editor_command(const std::vector<std::string>& files) {
  const std::string editor = find_editor();
  if (editor.empty())
    throw cannot_open("no editor is named", "Set EDITOR, for example: export EDITOR=vi. The files are the ones above.", files);
  if (isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1)
    throw cannot_open("an editor needs a terminal, and this is none",
                      "Open the files above yourself; --json prints their paths.", files);
  std::vector<std::string> words{"sh", "-c", editor + " \"$@\"", editor};
  words.insert(words.end(), files.begin(), files.end());
  return words;
}

}  // namespace

Answer edit(const Invocation& invocation) {
  FileReport report;
  for (const fs::path& file : find_files(invocation)) report.files.push_back(shown_path(file));
  if (invocation.format.kind == Kind::json) return Answer(render(invocation.command, report, invocation.format));
  Answer answer;
  answer.exec = editor_command(report.files);
  return answer;
}

}  // namespace cairn
