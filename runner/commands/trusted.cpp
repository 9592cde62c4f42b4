#include "commands/trusted.hpp"

#include "plugin/plugin_lock.hpp"
#include "plugin/trust.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

namespace fs = std::filesystem;

/// A file that says what is run, judged like a plugin.
std::vector<Error> find_distrust_of(const fs::path& file, const TrustedOwners& owners, std::string_view what_it_does) {
  PathTrust trust(owners);
  trust.judge_file_and_way(file.string());
  std::vector<Error> problems;
  for (const Distrust& problem : trust.problems())
    problems.push_back(Error(Category::plugin, fmt::format("{} {}, and {} {}", problem.path, problem.reason, file.string(), what_it_does))
                           .detail(problem.detail)
                           .hint(problem.hint));
  return problems;
}

bool is_in_file(const Settings& settings, std::string_view key) {
  const auto found = std::find_if(settings.values.begin(), settings.values.end(), [&](const ValueInForce& one) { return one.name == key; });
  return found != settings.values.end() && !found->origin.file.empty();
}

/// A plugin that cannot be read is told as that, and not as missing too.
std::vector<LockedRevision> without_rejects(std::vector<LockedRevision> pinned, const std::vector<Reject>& rejects) {
  std::erase_if(pinned, [&](const LockedRevision& one) {
    return std::any_of(rejects.begin(), rejects.end(), [&](const Reject& reject) { return reject.path.ends_with("/" + one.file); });
  });
  return pinned;
}

/// A bundle is whole as it was made: whoever uses one has no sources to lock anew.
void say_what_helps(Error& difference, const Settings& settings) {
  if (settings.bundled)
    difference.hint("Unpack the bundle again, from where it was made; other plugins need another bundle (\"cairn bundle\").");
}

/// Who wrote them does not matter: what they are is pinned.
Collection collect_locked(const std::vector<fs::path>& folders, const Settings& settings) {
  const fs::path& file = settings.trust.lock_file;
  throw_all(find_distrust_of(file, find_owners(settings), "says what is run"));
  const std::vector<LockedRevision> pinned = read_lock_file(file);
  Collection collection = collect_plugins(folders, std::nullopt, Digests::of_every_file);
  std::vector<Error> problems = to_errors(collection.rejects);
  for (Error& difference : find_lock_differences(without_rejects(pinned, collection.rejects), collection.plugins)) {
    say_what_helps(difference, settings);
    problems.push_back(std::move(difference.at({.file = file.string(), .line = 0, .column = 0, .excerpt = {}, .caret = 0})));
  }
  throw_all(std::move(problems));
  return collection;
}

}  // namespace

TrustedOwners find_owners(const Settings& settings) {
  if (settings.project_file && is_in_file(settings, "trust.owners"))
    throw_all(find_distrust_of(*settings.project_file, find_trusted_owners(), "says whose plugins are run"));
  return find_trusted_owners(settings.trust.owners);
}

Collection collect_trusted(const std::vector<fs::path>& folders, const Settings& settings, Digests digests) {
  return settings.trust.locked ? collect_locked(folders, settings) : collect_of_owners(folders, settings, digests);
}

Collection collect_of_owners(const std::vector<fs::path>& folders, const Settings& settings, Digests digests) {
  Collection collection = collect_plugins(folders, find_owners(settings), digests);
  throw_all(to_errors(collection.rejects));
  return collection;
}

}  // namespace cairn
