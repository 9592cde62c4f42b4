#include "commands/edited.hpp"

#include "engine/failure.hpp"
#include "plugin/source_digest.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::string file_of(const PluginFile& plugin) { return plugin.up_file.empty() ? plugin.revision.origin : plugin.up_file; }

Error make_edited_error(const EditedRevision& edited) {
  const std::string& id = edited.revision->id;
  return Error(Category::history, fmt::format("{} was edited after it had been applied", name_of(*edited.revision)))
      .detail(fmt::format("It was {}; {} means something else now.", describe(edited.applied), edited.file))
      .database("unchanged")
      .hint(fmt::format("\"cairn show --changes {0}\" tells what changed. Take the edit back, and write a new revision for it; if it "
                        "is to stand, type \"cairn accept {0}\".", id));
}

std::set<Node> applied_nodes(const RevisionGraph& graph, const std::vector<std::string>& rows) {
  std::vector<Node> known;
  for (const std::string& row : rows)
    if (const auto node = graph.find(row)) known.push_back(*node);
  return graph.ancestors_of(known);
}

}  // namespace

std::string describe(const AppliedSource& applied) {
  return fmt::format("{} {} by {} ({})", applied.accepted ? "accepted" : "applied", applied.applied_at, printable(applied.role, 64),
                     printable(applied.client, 200));
}

const AppliedSource* find_applied_source(const State& state, const Revision& revision) {
  const auto found = std::find_if(state.sources.begin(), state.sources.end(),
                                  [&](const AppliedSource& source) { return source.revision == revision.id; });
  return found == state.sources.end() || !has_known_rule(found->digest) ? nullptr : &*found;
}

std::optional<EditedRevision> find_edit(const Collected& found, const AppliedSource& applied, const Revision& revision) {
  // Most are as they were built then: the file need not be read and cut.
  if (!applied.source.empty() && applied.source == revision.source_digest) return std::nullopt;
  if (!has_known_rule(applied.digest)) return std::nullopt;
  const PluginFile& plugin = found.plugin(revision);
  std::string digest = read_source_digest(plugin, revision);
  if (digest.empty() || digest == applied.digest) return std::nullopt;
  return EditedRevision{&revision, applied, std::move(digest), file_of(plugin)};
}

std::vector<EditedRevision> find_edited(const Collected& found, const State& state) {
  const std::set<Node> applied = applied_nodes(found.graph, state.rows);
  std::map<Node, EditedRevision> edited;
  for (const AppliedSource& source : state.sources) {
    const std::optional<Node> node = found.graph.find(source.revision);
    if (!node || !applied.contains(*node)) continue;
    if (auto edit = find_edit(found, source, found.graph.revision(*node))) edited.emplace(*node, std::move(*edit));
  }
  std::vector<EditedRevision> list;
  for (auto& [node, edit] : edited) list.push_back(std::move(edit));
  return list;
}

std::vector<std::string> ids_of(const std::vector<EditedRevision>& edited) {
  std::vector<std::string> ids;
  for (const EditedRevision& one : edited) ids.push_back(one.revision->id);
  return ids;
}

void mark_edited(RevisionLine& line, const std::vector<std::string>& edited) {
  line.edited = std::find(edited.begin(), edited.end(), line.revision.id) != edited.end();
}

void judge_edited(const Invocation& invocation, const std::vector<EditedRevision>& edited) {
  std::vector<Error> problems;
  for (const EditedRevision& one : edited) problems.push_back(make_edited_error(one));
  if (invocation.settings.edited == EditedPolicy::error) throw_all(std::move(problems));
  for (const Error& problem : problems) invocation.observer->log(LogLevel::warning, problem.message());
}

}  // namespace cairn
