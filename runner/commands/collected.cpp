#include "commands/collected.hpp"

#include "commands/trusted.hpp"
#include "plugin/body_reader.hpp"
#include "plugin/folder_pattern.hpp"
#include "plugin/source_digest.hpp"
#include "worker/in_process_runner.hpp"
#include "worker/worker_runner.hpp"
#include "base/interrupt.hpp"
#include "base/text.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

#include <algorithm>
#include <functional>

namespace cairn {

namespace {

std::vector<Revision> take_revisions(Collection& collection) {
  std::vector<Revision> revisions;
  revisions.reserve(collection.plugins.size());
  for (PluginFile& plugin : collection.plugins) {
    const Revision& taken = revisions.emplace_back(std::move(plugin.revision));
    plugin.revision.id = taken.id;
    plugin.revision.origin = taken.origin;
  }
  return revisions;
}

/// The SQL a step runs: its own, and after an upgrade the verify step.
std::vector<Piece> read_pieces(const Step& step, const PluginFile& plugin) {
  std::vector<Piece> pieces;
  const bool up = step.direction == Direction::up;
  pieces.push_back({.body = read_body(plugin, up ? CAIRN_NOTE_SQL_UP : CAIRN_NOTE_SQL_DOWN), .call = {}, .verifies = false});
  if (up && step.revision->has_verify)
    pieces.push_back({.body = read_body(plugin, CAIRN_NOTE_SQL_VERIFY), .call = {}, .verifies = true});
  return pieces;
}

/// Does it to each, and throws what went wrong with any of them.
void for_all(std::vector<Work>& work, const std::function<void(Work&)>& prepare) {
  std::vector<Error> problems;
  for (Work& one : work) {
    try {
      prepare(one);
    } catch (const Error& error) {
      problems.push_back(error);
    }
  }
  throw_all(std::move(problems));
}

Libraries libraries_of(const std::vector<const Revision*>& revisions, const Collected& collected) {
  Libraries libraries;
  for (const Revision* revision : revisions) {
    const PluginFile& plugin = collected.plugin(*revision);
    libraries[revision->id] = {.load = {.id = revision->id, .path = plugin.path, .metadata_note = plugin.metadata_note},
                               .identity = plugin.identity, .sha256 = plugin.sha256};
  }
  return libraries;
}

std::vector<const Revision*> code_revisions(const Plan& plan) {
  std::vector<const Revision*> revisions;
  for (const Step& step : plan.steps)
    if (step.revision->kind == RevisionKind::code) revisions.push_back(step.revision);
  return revisions;
}

std::unique_ptr<StepRunner> make_runner(Libraries libraries, const Invocation& invocation, int interrupt) {
  const Settings& settings = invocation.settings;
  if (settings.isolation == Isolation::none) return std::make_unique<InProcessRunner>(std::move(libraries));
  WorkerPatience patience;
  if (settings.step_timeout.count() > 0) patience.silence = settings.step_timeout;
  return std::make_unique<WorkerRunner>(worker_of(invocation.runner).string(), std::move(libraries), patience, interrupt,
                                        settings.secret_variables);
}

/// Without this, a folder that nobody named would be reported as missing.
void require_plugin_folder(const Settings& settings) {
  std::error_code ignored;
  if (settings.plugins_named || std::filesystem::exists(settings.plugins.front(), ignored)) return;
  throw Error(Category::configuration, "no folder of plugins is named, and this cairn came without any")
      .detail(fmt::format("Looked in {}.", settings.plugins.front().string()))
      .hint("Name the folder with --plugins or CAIRN_PLUGINS, or as \"plugins\" in cairn.toml.");
}

}  // namespace

std::filesystem::path worker_of(const std::filesystem::path& runner) {
  const std::filesystem::path beside = runner / "cairn-worker";
  std::error_code ignored;
  if (std::filesystem::exists(beside, ignored)) return beside;
  return (runner / "../libexec/cairn/cairn-worker").lexically_normal();
}

Collected::Collected(Collection found, const Settings& settings)
    : collection(std::move(found)), graph(take_revisions(collection)), variables(settings.variables),
      variable_problems(settings.variable_problems) {
  for (const PluginFile& plugin : collection.plugins) plugins_.emplace(plugin.revision.id, &plugin);
}

const PluginFile& Collected::plugin(const Revision& revision) const { return *plugins_.at(revision.id); }

std::vector<std::filesystem::path> find_plugin_folders(const Settings& settings) {
  require_plugin_folder(settings);
  return find_folders(settings.plugins);
}

Collection collect_files(const Settings& settings) {
  return collect_trusted(find_plugin_folders(settings), settings, Digests::of_every_file);
}

Collected collect(const Settings& settings) {
  return Collected(collect_trusted(find_plugin_folders(settings), settings), settings);
}

std::string plugin_folders(const Settings& settings) {
  std::vector<std::string> folders;
  for (const std::filesystem::path& folder : settings.plugins) folders.push_back(folder.string());
  return join(folders, ", ");
}

void require_revisions(const Collected& collected, const Settings& settings) {
  if (!collected.collection.plugins.empty()) return;
  throw Error(Category::configuration, "there are no revisions in " + plugin_folders(settings))
      .hint("Build the revisions, or name their folder with --plugins, CAIRN_PLUGINS or \"plugins\" in cairn.toml.");
}

std::vector<Work> load_work(const Plan& plan, const Collected& collected) {
  if (!plan.empty()) throw_all(collected.variable_problems);
  std::vector<Work> work;
  for (const Step& step : plan.steps) work.push_back({step, {}});
  for_all(work, [&](Work& one) {
    const PluginFile& plugin = collected.plugin(*one.step.revision);
    if (one.step.revision->kind == RevisionKind::sql) one.pieces = read_pieces(one.step, plugin);
    one.step.digest = read_source_digest(plugin, *one.step.revision);
  });
  for_all(work, [&](Work& one) {
    for (Piece& piece : one.pieces) piece.body = substitute(std::move(piece.body), collected.variables);
  });
  return work;
}

std::unique_ptr<StepRunner> load_code(const Plan& plan, const Collected& collected, const Invocation& invocation,
                                      std::optional<int> interrupt) {
  const std::vector<const Revision*> revisions = code_revisions(plan);
  std::unique_ptr<StepRunner> runner = make_runner(libraries_of(revisions, collected), invocation, interrupt.value_or(interrupt_fd()));
  runner->load(revisions);
  return runner;
}

}  // namespace cairn
