#include "commands/known_revisions.hpp"

#include "commands/shown_path.hpp"
#include "commands/trusted.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace cairn {

namespace {

namespace fs = std::filesystem;

constexpr const char* build_first = "Build the project, then run the command again.";

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::vector<PluginFile> collect_existing(const Settings& settings) {
  std::vector<fs::path> folders;
  std::copy_if(settings.plugins.begin(), settings.plugins.end(), std::back_inserter(folders), is_folder);
  return collect_of_owners(folders, settings).plugins;
}

class KnownSearch {
 public:
  explicit KnownSearch(const Settings& settings) : settings_(settings), folders_(source_folders(settings)) {}

  KnownRevisions run() {
    sources_ = read_sources(folders_);
    plugins_ = collect_existing(settings_);
    for (const RevisionFiles& source : sources_) take(source);
    for (const PluginFile& plugin : plugins_) take(plugin);
    throw_all(std::move(problems_));
    note_missing_plugins();
    return {make_graph(), std::move(sources_), std::move(notes_)};
  }

 private:
  void take(const RevisionFiles& source) {
    if (!source.problem) {
      ids_.insert(source.revision.id);
      revisions_.push_back(source.revision);
      revisions_.back().origin = shown_path(source.files.front());
      return;
    }
    const bool built = std::any_of(plugins_.begin(), plugins_.end(), [&](const PluginFile& plugin) {
      return was_built_from(plugin, source, settings_.project);
    });
    if (!built) problems_.push_back(unreadable(source));
  }

  static Error unreadable(const RevisionFiles& source) {
    const bool sql = source.revision.kind == RevisionKind::sql;
    const Place place{.file = shown_path(source.files.front()), .line = source.problem->line, .column = 0, .excerpt = {}, .caret = 0};
    return Error(Category::plugin, "a revision is not built, and its source does not tell what it rests on: " + source.problem->text)
        .at(place)
        .hint(sql ? "Correct its header; or, where CMakeLists.txt states the metadata, build the project first." : build_first);
  }

  void take(const PluginFile& plugin) {
    if (ids_.contains(plugin.revision.id)) return;
    if (is_left_over(plugin)) problems_.push_back(left_over(plugin));
    else revisions_.push_back(plugin.revision);
  }

  /// Built in this project from a file of these folders that is no longer there: removed or renamed since. What lies
  /// outside of the project comes from another one, whose folders may be called the same.
  bool is_left_over(const PluginFile& plugin) const {
    if (plugin.up_file.empty() || !is_below(plugin.path, settings_.project)) return false;
    const fs::path file = (settings_.project / plugin.up_file).lexically_normal();
    std::error_code ignored;
    return !fs::exists(file, ignored) && std::any_of(folders_.begin(), folders_.end(), [&](const fs::path& folder) {
      return is_folder(folder) && is_below(file, folder);
    });
  }

  static Error left_over(const PluginFile& plugin) {
    return Error(Category::plugin, fmt::format("{} was built from {}, which is gone", shown_path(plugin.path), plugin.up_file))
        .detail(fmt::format("It still counts as revision \"{}\".", plugin.revision.id))
        .hint(std::string(build_first) + " That removes libraries without a source.");
  }

  void note_missing_plugins() {
    for (const fs::path& folder : settings_.plugins)
      if (settings_.plugins_named && !is_folder(folder))
        notes_.push_back(fmt::format("nothing is built in {} yet, so only sources are known", shown_path(folder)));
  }

  RevisionGraph make_graph() const try {
    return RevisionGraph(revisions_);
  } catch (Error& error) {
    for (const std::string& note : notes_) error.context(note);
    throw;
  }

  const Settings& settings_;
  std::vector<fs::path> folders_;
  std::vector<RevisionFiles> sources_;
  std::vector<PluginFile> plugins_;
  std::vector<Revision> revisions_;
  std::set<std::string, std::less<>> ids_;
  std::vector<Error> problems_;
  std::vector<std::string> notes_;
};

}  // namespace

bool was_built_from(const PluginFile& plugin, const RevisionFiles& source, const fs::path& project) {
  return fs::path(plugin.path).stem() == source.stem ||
         (!plugin.up_file.empty() && (project / plugin.up_file).lexically_normal() == source.files.front());
}

std::vector<fs::path> source_folders(const Settings& settings) {
  std::vector<fs::path> folders{settings.authoring.directory};
  if (settings.authoring.seeds != settings.authoring.directory) folders.push_back(settings.authoring.seeds);
  return folders;
}

KnownRevisions find_known_revisions(const Settings& settings) { return KnownSearch(settings).run(); }

}  // namespace cairn
