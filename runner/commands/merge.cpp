#include "commands/commands.hpp"

#include "base/text.hpp"
#include "commands/new_revision.hpp"
#include "graph/lookup.hpp"
#include "graph/schema_heads.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

std::vector<std::string> ids_of(const RevisionGraph& graph, const std::vector<Node>& nodes) {
  std::vector<std::string> ids;
  for (const Node node : nodes) ids.push_back(graph.revision(node).id);
  return ids;
}

Error nothing_to_join(const RevisionGraph& graph, const std::vector<std::string>& parents) {
  const std::string of = parents.empty() ? "" : fmt::format(": there is only {}", describe(graph, *graph.find(parents.front())));
  return Error(Category::graph, "there is nothing to join" + of)
      .hint("\"cairn heads\" lists what could be joined; name at least two, seeds too if you mean them.");
}

/// Joining a revision with one that it rests on already would say nothing.
void require_apart(const RevisionGraph& graph, const std::vector<std::string>& parents) {
  for (const std::string& id : parents)
    for (const std::string& other : parents) {
      const Node below = *graph.find(other);
      if (id == other || !graph.ancestors_of(std::vector<Node>{*graph.find(id)}).contains(below)) continue;
      throw Error(Category::graph, fmt::format("{} rests on {} already", id, other)).hint("Leave the second one out.");
    }
}

bool is_seed(const RevisionGraph& graph, const std::string& id) { return graph.revision(*graph.find(id)).seed; }

ChosenLinks choose_parents(const Invocation& invocation, const RevisionGraph& graph) {
  const std::vector<std::string> targets =
      invocation.arguments.empty() ? ids_of(graph, schema_heads(graph)) : invocation.arguments;
  // What is no head of the graph may still be one of the schema.
  const Splice splice = invocation.has("splice") || invocation.arguments.empty() ? Splice::allow : Splice::refuse;
  ChosenLinks chosen{resolve_new_links(graph, targets, {}, splice, "merge"), {}};
  const std::vector<std::string>& parents = chosen.links.down_revisions;
  if (parents.size() < 2) throw nothing_to_join(graph, parents);
  require_apart(graph, parents);
  chosen.notes = notes_on_seeds(graph, parents);
  chosen.notes.insert(chosen.notes.begin(), "it joins " + join(parents, " and "));
  return chosen;
}

}  // namespace

Answer merge(const Invocation& invocation) {
  const KnownRevisions known = find_known_revisions(invocation.settings);
  const ChosenLinks chosen = choose_parents(invocation, known.graph);
  const std::vector<std::string>& parents = chosen.links.down_revisions;
  const std::string message = invocation.option("message", "merge " + join(parents, " and "));
  Revision draft = make_draft(invocation, known.graph, chosen, message);
  draft.seed = std::all_of(parents.begin(), parents.end(), [&](const std::string& id) { return is_seed(known.graph, id); });
  return write_revision(invocation, known, draft, RevisionPurpose::merge, chosen);
}

}  // namespace cairn
