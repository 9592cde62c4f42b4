#include "authoring/new_files.hpp"
#include "commands/collected.hpp"
#include "commands/commands.hpp"
#include "commands/shown_path.hpp"
#include "commands/trusted.hpp"
#include "plugin/plugin_lock.hpp"
#include "report/lock_report.hpp"

namespace cairn {

namespace {

std::filesystem::path lock_file_of(const Invocation& invocation) {
  const std::string named = invocation.option("output");
  return named.empty() ? invocation.settings.trust.lock_file : std::filesystem::path(named);
}

/// One that cannot be read is replaced like any other.
std::string read_old_text(const std::filesystem::path& file) try {
  return read_lock_text(file);
} catch (const Error&) {
  return {};
}

std::optional<Error> judge(std::vector<Error> differences) try {
  for (Error& difference : differences) difference.recategorise(Category::check);
  throw_all(std::move(differences));
  return std::nullopt;
} catch (const Error& error) {
  return error;
}

Answer check(const std::filesystem::path& file, std::vector<LockedRevision> found, const Format& format) {
  LockReport report{.file = shown_path(file), .revisions = std::move(found), .error = {}};
  report.error = judge(find_lock_differences(read_lock_file(file), std::span<const LockedRevision>(report.revisions)));
  report.changed = report.error.has_value();
  Answer answer(render(report, format));
  answer.error = report.error;
  return answer;
}

}  // namespace

Answer lock(const Invocation& invocation) {
  const std::filesystem::path file = lock_file_of(invocation);
  Collection collection = collect_of_owners(find_plugin_folders(invocation.settings), invocation.settings, Digests::of_every_file);
  std::vector<LockedRevision> locked = lock_plugins(collection.plugins);
  const Collected found(std::move(collection));   // what makes no sound history is not worth pinning
  require_revisions(found, invocation.settings);
  if (invocation.has("check")) return check(file, std::move(locked), invocation.format);
  const std::string text = make_lock_text(locked);
  LockReport report{.file = shown_path(file), .changed = read_old_text(file) != text, .revisions = std::move(locked), .error = {}};
  if (report.changed) replace_file(file, text);
  return Answer(render(report, invocation.format));
}

}  // namespace cairn
