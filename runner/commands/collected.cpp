#include "commands/collected.hpp"

#include "plugin/body_reader.hpp"
#include "worker/in_process_runner.hpp"
#include "worker/worker_runner.hpp"
#include "base/interrupt.hpp"

#include <cairn/abi.h>
#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::vector<Revision> revisions_of(const Collection& collection) {
  std::vector<Revision> revisions;
  for (const PluginFile& plugin : collection.plugins) revisions.push_back(plugin.revision);
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

std::vector<LibraryToLoad> libraries_of(const Plan& plan, const Collected& collected) {
  std::vector<LibraryToLoad> libraries;
  for (const Step& step : plan.steps) {
    if (step.revision->kind != RevisionKind::code) continue;
    const PluginFile& plugin = collected.plugin(*step.revision);
    libraries.push_back({.id = step.revision->id, .path = plugin.path, .metadata_note = plugin.metadata_note});
  }
  return libraries;
}

}  // namespace

const PluginFile& Collected::plugin(const Revision& revision) const {
  const auto found = std::find_if(collection.plugins.begin(), collection.plugins.end(),
                                  [&](const PluginFile& plugin) { return plugin.revision.id == revision.id; });
  if (found == collection.plugins.end()) throw Error(Category::internal, "no plugin of revision " + revision.id);
  return *found;
}

Collected collect(const Settings& settings) {
  Collection collection = collect_plugins(settings.plugins);
  require_usable(collection);
  RevisionGraph graph(revisions_of(collection));
  return {std::move(collection), std::move(graph)};
}

std::vector<Work> load_work(const Plan& plan, const Collected& collected) {
  std::vector<Work> work;
  std::vector<Error> problems;
  for (const Step& step : plan.steps) {
    work.push_back({step, {}});
    if (step.revision->kind != RevisionKind::sql) continue;
    try {
      work.back().pieces = read_pieces(step, collected.plugin(*step.revision));
    } catch (const Error& error) {
      problems.push_back(error);
    }
  }
  throw_all(std::move(problems));
  return work;
}

}  // namespace cairn
