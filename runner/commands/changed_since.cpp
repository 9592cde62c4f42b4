#include "commands/changed_since.hpp"

#include "authoring/git_history.hpp"
#include "base/interrupt.hpp"
#include "commands/digested_source.hpp"
#include "commands/known_revisions.hpp"
#include "commands/shown_path.hpp"
#include "lint/policy_finding.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

namespace fs = std::filesystem;


Error no_such_commit(const std::string& name) {
  return Error(Category::usage, fmt::format("git knows no commit \"{}\"", printable(name, 100)))
      .hint("Write --changed-since git:REF with a branch, a tag or a commit. In CI it may have to be fetched first: git fetch origin main.");
}

fs::path require_work_tree(const fs::path& project) {
  if (!has_git())
    throw Error(Category::configuration, "git cannot be run, and --changed-since git:REF asks it what changed")
        .hint("Install git, or name a revision: --changed-since REV.");
  const auto top = GitHistory(project).find_top();
  if (!top)
    throw Error(Category::configuration, fmt::format("{} is not in a work tree of git", project.string()))
        .hint("Change to the project's work tree, or name a revision: --changed-since REV.");
  return *top;
}

class ChangedSearch {
 public:
  ChangedSearch(const std::string& name, const Settings& settings, const Collected& collected)
      : name_(name), settings_(settings), collected_(collected), git_(require_work_tree(settings.project)) {}

  Chosen run() {
    find_commit();
    sources_ = read_sources(source_folders(settings_));
    for (const Revision& revision : collected_.graph.revisions()) take(revision);
    for (const fs::path& file : changes_.changed) judge_old(file);
    for (const RevisionFiles& source : sources_) note_unbuilt(source);
    return std::move(chosen_);
  }

 private:
  /// What came to the other branch after ours began is not our change.
  void find_commit() {
    const auto commit = git_.find_commit(name_);
    if (!commit) throw no_such_commit(name_);
    const auto common = git_.find_common(*commit);
    if (!common) chosen_.notes.push_back(fmt::format("git knows no commit that {} and the work tree have in common, so {} itself counts", name_, name_));
    commit_ = common.value_or(*commit);
    const auto changes = git_.read_changes_since(commit_);
    if (!changes) throw Error(Category::configuration, fmt::format("git does not tell what changed since {}", name_)).hint("Try: git diff --name-status " + commit_);
    changes_ = *changes;
    touched_.insert(changes_.changed.begin(), changes_.changed.end());
    touched_.insert(changes_.added.begin(), changes_.added.end());
  }

  /// The file that holds the revision's metadata; nothing when its source is not here.
  std::optional<fs::path> find_first_file(const Revision& revision) const {
    const PluginFile& plugin = collected_.plugin(revision);
    const auto found = std::find_if(sources_.begin(), sources_.end(), [&](const RevisionFiles& source) {
      return source.revision.id.empty() ? was_built_from(plugin, source, settings_.project) : source.revision.id == revision.id;
    });
    if (found != sources_.end()) return found->files.front();
    const fs::path named = (settings_.project / plugin.up_file).lexically_normal();
    return !plugin.up_file.empty() && read_present(named) ? std::optional(named) : std::nullopt;
  }

  void take(const Revision& revision) {
    if (interrupted()) throw Error(Category::interrupted, "interrupted while git was asked").detail("Nothing was changed.");
    const auto first = find_first_file(revision);
    const DigestedSource source(revision, first.value_or(""), settings_.project);
    const auto now = first ? source.digest(read_present) : std::nullopt;
    if (!now) return take_unseen(revision);
    if (std::none_of(now->files.begin(), now->files.end(), [&](const fs::path& file) { return touched_.contains(file); })) return;
    chosen_.revisions.insert(revision.id);
    judge(revision, source, now->digest);
  }

  void take_unseen(const Revision& revision) {
    chosen_.revisions.insert(revision.id);
    chosen_.notes.push_back(fmt::format("the source of {} is not found, so it counts as changed; the library is {}", revision.id, revision.origin));
  }

  std::optional<std::string> read_then(const fs::path& file) const { return git_.read_file({commit_, {}}, file); }

  void judge(const Revision& revision, const DigestedSource& source, const std::string& now) {
    const auto text = read_then(source.first());
    const auto old = text ? find_revision_in(source.first(), *text) : std::nullopt;
    if (!text || (old && old->id != revision.id)) return;
    const auto then = source.digest([&](const fs::path& file) { return read_then(file); });
    if (then && then->digest != now) edited(revision, shown_path(source.first()));
  }

  /// A file that held a revision then: its revision may have moved, or be gone.
  void judge_old(const fs::path& file) {
    const std::vector<fs::path> folders = source_folders(settings_);
    if (std::none_of(folders.begin(), folders.end(), [&](const fs::path& folder) { return is_below(file, folder); })) return;
    const auto text = read_then(file);
    const auto old = text ? find_revision_in(file, *text) : std::nullopt;
    if (!old) return;
    const auto known = std::find_if(sources_.begin(), sources_.end(), [&](const RevisionFiles& source) { return source.revision.id == old->id; });
    if (known == sources_.end()) return gone(*old, file);
    if (known->files.front() == file) return;
    const auto then = DigestedSource(*old, file, settings_.project).digest([&](const fs::path& one) { return read_then(one); });
    const auto now = DigestedSource(*old, known->files.front(), settings_.project).digest(read_present);
    if (then && now && then->digest != now->digest) edited(*old, shown_path(known->files.front()));
  }

  void edited(const Revision& revision, const std::string& file) {
    Finding finding = make_breach("landed-edited", revision, fmt::format("it had landed in {}, and means something else now", since()));
    finding.place.file = file;
    chosen_.findings.push_back(std::move(finding));
  }

  void gone(const Revision& revision, const fs::path& file) {
    Finding finding = make_breach("landed-edited", fmt::format("revision {} had landed in {}, and is gone", revision.id, since()));
    finding.place.file = shown_path(file);
    chosen_.findings.push_back(std::move(finding));
  }

  void note_unbuilt(const RevisionFiles& source) {
    const std::string& id = source.revision.id;
    if (id.empty() || collected_.graph.find(id)) return;
    if (std::any_of(source.files.begin(), source.files.end(), [&](const fs::path& file) { return touched_.contains(file); }))
      chosen_.notes.push_back(fmt::format("{} holds the revision {}, which is not built", shown_path(source.files.front()), id));
  }

  std::string since() const { return fmt::format("{} ({})", printable(name_, 100), commit_.substr(0, 9)); }

  const std::string& name_;
  const Settings& settings_;
  const Collected& collected_;
  GitHistory git_;
  std::string commit_;
  GitChanges changes_;
  std::set<fs::path> touched_;
  std::vector<RevisionFiles> sources_;
  Chosen chosen_;
};

}  // namespace

Chosen find_changed_since(const std::string& name, const Settings& settings, const Collected& collected) {
  return ChangedSearch(name, settings, collected).run();
}

}  // namespace cairn
