#include "commands/changes.hpp"

#include "authoring/git_history.hpp"
#include "base/interrupt.hpp"
#include "commands/edited.hpp"
#include "commands/database.hpp"
#include "commands/digested_source.hpp"
#include "commands/known_revisions.hpp"
#include "commands/known_rows.hpp"
#include "commands/shown_path.hpp"
#include "graph/consistency.hpp"
#include "graph/history.hpp"
#include "report/changes_report.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

namespace fs = std::filesystem;

/// An edit is seldom older than that many versions of its files.
constexpr std::size_t most_versions = 200;

std::optional<GitVersion> find_version(const GitHistory& git, const DigestedSource& source, const std::vector<GitVersion>& versions,
                                       const std::string& digest) {
  for (const GitVersion& version : versions) {
    if (interrupted()) throw Error(Category::interrupted, "interrupted while git was asked").detail("Nothing was changed.");
    const auto then = source.digest([&](const fs::path& file) { return git.read_file(version, file); });
    if (then && then->digest == digest) return version;
  }
  return std::nullopt;
}

/// Looks for the text that was applied, and compares it with the files as they are.
void compare(ShownChange& change, const DigestedSource& source) {
  const auto now = source.digest(read_present);
  if (!now) return;
  for (const fs::path& file : now->files)
    if (read_present(file)) change.files.push_back(shown_path(file));
  const GitHistory git(source.folder());
  const std::vector<GitVersion> versions = git.read_versions(now->files, most_versions);
  const auto version = find_version(git, source, versions, change.digest_before);
  if (!version) {
    change.note = versions.empty() ? "git knows no version of these files"
                                   : fmt::format("git knows {} of these files, and none is what was applied", count_of(versions.size(), "version"));
    return;
  }
  change.commit = version->commit;
  change.commit_date = version->date;
  change.diff = git.read_changes(*version, now->files).value_or("");
  if (now->digest != change.digest) change.note = "the library was built from other texts than these files hold now";
  else if (change.diff.empty()) change.note = "these files are as they were: the change is in a file that git does not know, or in arguments of the build";
}

void find_text(ShownChange& change, const Settings& settings, const std::vector<RevisionFiles>& sources) {
  const auto found = std::find_if(sources.begin(), sources.end(),
                                  [&](const RevisionFiles& source) { return source.revision.id == change.revision->id; });
  if (found != sources.end()) return compare(change, DigestedSource(*change.revision, found->files.front(), settings.project));
  std::vector<std::string> folders;
  for (const fs::path& folder : source_folders(settings)) folders.push_back(shown_path(folder));
  change.note = fmt::format("its source is not below {}; the library is {}", join(folders, " or "), change.revision->origin);
}

ShownChange make_change(const Collected& found, const State& state, Node node, bool applied) {
  ShownChange change;
  change.revision = &found.graph.revision(node);
  change.state = applied ? ChangeState::unknown : ChangeState::not_applied;
  const AppliedSource* const source = applied ? find_applied_source(state, *change.revision) : nullptr;
  if (source == nullptr) return change;
  const auto edit = find_edit(found, *source, *change.revision);
  change.state = edit ? ChangeState::edited : ChangeState::unchanged;
  change.applied = describe(*source);
  change.digest_before = source->digest;
  change.digest = edit ? edit->digest : source->digest;
  return change;
}

}  // namespace

Answer show_changes(const Invocation& invocation) {
  const Collected found = collect(invocation.settings);
  OpenDatabase database = open_database(invocation);
  const Reading reading = read_database(database, invocation);
  require_known_rows(database, invocation, found.graph, reading);
  const std::set<Node> applied = found.graph.ancestors_of(require_rows(found.graph, reading.state.rows));
  std::vector<ShownChange> changes;
  for (const Node node : resolve_shown(found.graph, reading.state.rows, invocation.arguments.front()))
    changes.push_back(make_change(found, reading.state, node, applied.contains(node)));
  const std::vector<RevisionFiles> sources = read_sources(source_folders(invocation.settings));
  for (ShownChange& change : changes)
    if (change.state == ChangeState::edited) find_text(change, invocation.settings, sources);
  return Answer(render_changes(changes, invocation.format));
}

}  // namespace cairn
