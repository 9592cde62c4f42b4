#pragma once

#include "commands/invocation.hpp"
#include "graph/plan.hpp"
#include "graph/revision_graph.hpp"
#include "engine/executor.hpp"
#include "plugin/collection.hpp"
#include "sql/substitution.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cairn {

/// The plugins found and the graph they make.
struct Collected {
  explicit Collected(Collection found, const Settings& settings = {});
  Collected(const Collected&) = delete;   // the index points into it
  Collected& operator=(const Collected&) = delete;

  Collection collection;   ///< of each revision only id and origin: the rest has moved into the graph
  RevisionGraph graph;
  Variables variables;     ///< for the placeholders in their SQL
  std::vector<Error> variable_problems;

  const PluginFile& plugin(const Revision& revision) const;

 private:
  std::unordered_map<std::string_view, const PluginFile*> plugins_;
};

/// The folders that hold the plugins. Throws Error (configuration) when nobody named one and none came with the program,
/// or a pattern matches none.
std::vector<std::filesystem::path> find_plugin_folders(const Settings& settings);

/// The plugins with their digests: for who copies them.
Collection collect_files(const Settings& settings);

/// Reads the plugins' notes; no code of theirs runs. Throws with every unusable plugin, then with every
/// problem of the graph.
Collected collect(const Settings& settings);

/// A folder that holds no revisions is a mistake, and "nothing to do" would hide it: Error (configuration).
void require_revisions(const Collected& collected, const Settings& settings);

/// The folders that plugins were looked for in, for messages.
std::string plugin_folders(const Settings& settings);

/// The SQL of each step of the plan, cut and checked, with the values of its variables. Throws one Error (plugin) with
/// all that is wrong in it, or one (configuration) with every variable that is not given.
std::vector<Work> load_work(const Plan& plan, const Collected& collected);

/// The worker that belongs to a runner in this folder: beside it, as built, or where an installation keeps programs that are
/// not for people. It need not be there.
std::filesystem::path worker_of(const std::filesystem::path& runner);

/// Runs the plan's code revisions; their libraries are loaded already, so that what is missing has shown. A readable descriptor
/// interrupts them; without one it is the user's wish to stop.
std::unique_ptr<StepRunner> load_code(const Plan& plan, const Collected& collected, const Invocation& invocation,
                                      std::optional<int> interrupt = std::nullopt);

}  // namespace cairn
