#include "commands/commands.hpp"

#include "authoring/revision_id.hpp"
#include "base/text.hpp"
#include "commands/new_revision.hpp"
#include "graph/lookup.hpp"
#include "graph/schema_heads.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr const char* example = "For example: cairn revision -m \"add category id to expenses\".";

ChosenLinks first_revision(const std::vector<std::string>& depends_on, const RevisionGraph& graph) {
  return {resolve_new_links(graph, {}, depends_on, Splice::refuse), {"this is the first revision: it rests on nothing"}};
}

Error no_schema(const RevisionGraph& graph) {
  return Error(Category::graph, "there are only seeds, and a seed is no parent by default")
      .detail(describe(graph, graph.heads()))
      .hint("For a new base \"cairn revision --head base -m ...\"; to rest on a seed all the same, name it with --head.");
}

Error several_schema_heads(const RevisionGraph& graph, const std::vector<Node>& heads) {
  std::string commands;
  for (const Node head : heads)
    commands += fmt::format("{}\"cairn revision --head {} -m ...\"", commands.empty() ? "" : " or ", graph.revision(head).id);
  return Error(Category::graph, fmt::format("the schema has {} heads, and a new revision rests on one", heads.size()))
      .detail(describe(graph, heads))
      .hint(fmt::format("Join them first, with \"cairn merge\"; or go on from one of them: {}.", commands));
}

/// Heads that were passed over, since they are seeds.
std::vector<Node> seeds_above(const RevisionGraph& graph, Node parent) {
  std::vector<Node> seeds;
  const std::set<Node> above = graph.descendants_of(std::vector<Node>{parent});
  for (const Node head : graph.heads())
    if (above.contains(head) && graph.revision(head).seed) seeds.push_back(head);
  return seeds;
}

ChosenLinks on_schema_head(const RevisionGraph& graph, Node parent, const std::vector<std::string>& depends_on) {
  const std::vector<std::string> parents{graph.revision(parent).id};
  ChosenLinks chosen{resolve_new_links(graph, parents, depends_on, Splice::allow), {}};
  chosen.notes.push_back(fmt::format("it rests on {}, the head of the schema", describe(graph, parent)));
  for (const Node seed : seeds_above(graph, parent))
    chosen.notes.push_back(fmt::format("{} is a seed, and schema does not rest on seeds; to rest on it all the same: --head {}",
                                       describe(graph, seed), graph.revision(seed).id));
  return chosen;
}

ChosenLinks on_named(const Invocation& invocation, const RevisionGraph& graph, const std::vector<std::string>& depends_on) {
  const Splice splice = invocation.has("splice") ? Splice::allow : Splice::refuse;
  const std::vector<std::string> target{invocation.option("head")};
  ChosenLinks chosen{resolve_new_links(graph, target, depends_on, splice), {}};
  chosen.notes = notes_on_seeds(graph, chosen.links.down_revisions);
  std::vector<std::string> parents;
  for (const std::string& id : chosen.links.down_revisions) parents.push_back(describe(graph, *graph.find(id)));
  chosen.notes.insert(chosen.notes.begin(), parents.empty() ? "it is a new base" : "it rests on " + join(parents, " and "));
  return chosen;
}

ChosenLinks choose_links(const Invocation& invocation, const RevisionGraph& graph) {
  const std::vector<std::string> depends_on = invocation.list("depends-on");
  if (invocation.has("head")) return on_named(invocation, graph, depends_on);
  if (invocation.has("splice"))
    throw Error(Category::usage, "--splice needs --head")
        .hint("Say where the branch begins: \"cairn revision --splice --head REVISION -m ...\".");
  if (graph.revisions().empty()) return first_revision(depends_on, graph);
  const std::vector<Node> heads = schema_heads(graph);
  if (heads.empty()) throw no_schema(graph);
  if (heads.size() > 1) throw several_schema_heads(graph, heads);
  return on_schema_head(graph, heads.front(), depends_on);
}

/// A label names a branch, so it belongs where one begins: at a base, or beside others that go on from the same parent.
void take_label(const Invocation& invocation, const RevisionGraph& graph, Revision& draft) {
  if (!invocation.has("branch-label")) return;
  const std::string label = invocation.option("branch-label");
  require_new_label(graph, label);
  const std::vector<std::string>& parents = draft.down_revisions;
  const bool begins = parents.empty() || std::any_of(parents.begin(), parents.end(), [&](const std::string& id) {
    return !graph.children(*graph.find(id)).empty();
  });
  if (!begins)
    throw Error(Category::usage, fmt::format("no branch begins on top of {}, which nothing else rests on", join(parents, ", ")))
        .hint(fmt::format("A label goes to a new base (\"--head base --branch-label {0}\") or to where a branch leaves "
                          "another one (\"--splice --head REVISION --branch-label {0}\").", label));
  draft.labels = {label};
}

}  // namespace

Answer revision(const Invocation& invocation) {
  const std::string message = invocation.option("message");
  if (message.find_first_not_of(" \t\r\n") == message.npos)
    throw Error(Category::usage, "a new revision needs a message").hint(example);
  const KnownRevisions known = find_known_revisions(invocation.settings);
  const ChosenLinks chosen = choose_links(invocation, known.graph);
  Revision draft = make_draft(invocation, known.graph, chosen, message);
  draft.seed = invocation.has("seed");
  take_label(invocation, known.graph, draft);
  return write_revision(invocation, known, draft, RevisionPurpose::work, chosen);
}

}  // namespace cairn
