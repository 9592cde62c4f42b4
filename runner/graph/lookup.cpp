#include "graph/lookup.hpp"

#include "base/text.hpp"
#include "graph/target_error.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace cairn {

namespace {

constexpr std::size_t most_listed = 20;
constexpr std::size_t shortest_prefixed = 4;   // names of up to three characters must be typed in full

std::optional<Node> find_exact(const RevisionGraph& graph, std::string_view name) {
  if (const auto node = graph.find(name)) return node;
  return graph.find_label(name);
}

std::vector<Node> find_by_prefix(const RevisionGraph& graph, std::string_view prefix, const Branch* branch) {
  std::vector<Node> nodes;
  const auto matches = [&](const std::string& name) {
    return name.size() >= shortest_prefixed && name.starts_with(prefix);
  };
  for (Node node = 0; node < graph.revisions().size(); ++node) {
    const Revision& revision = graph.revision(node);
    if (branch != nullptr && !branch->contains(node)) continue;
    if (matches(revision.id) || std::any_of(revision.labels.begin(), revision.labels.end(), matches)) nodes.push_back(node);
  }
  return nodes;
}

std::vector<std::string> all_names(const RevisionGraph& graph) {
  std::vector<std::string> names;
  for (const Revision& revision : graph.revisions()) {
    names.push_back(revision.id);
    names.insert(names.end(), revision.labels.begin(), revision.labels.end());
  }
  return names;
}

[[noreturn]] void refuse_unknown(const RevisionGraph& graph, std::string_view name, const Branch* branch) {
  std::string hint = "\"cairn history\" lists all revisions.";
  if (const auto near = nearest_word(name, all_names(graph))) hint = fmt::format("Did you mean \"{}\"? {}", *near, hint);
  const std::string where = branch == nullptr ? "" : fmt::format(" on branch \"{}\"", branch->name);
  throw TargetError(TargetProblem::unknown,
                    Error(Category::graph, fmt::format("no revision or label \"{}\"{}", printable(name, 100), where))
                        .detail("No id or label of four or more characters begins with it either.")
                        .hint(std::move(hint)));
}

[[noreturn]] void refuse_ambiguous(const RevisionGraph& graph, std::string_view name, std::span<const Node> nodes) {
  throw TargetError(TargetProblem::ambiguous,
                    Error(Category::graph, fmt::format("\"{}\" is the beginning of {} revisions", name, nodes.size()))
                        .detail(describe(graph, nodes))
                        .hint("Type more of the id."));
}

}  // namespace

Node require_node(const RevisionGraph& graph, std::string_view name, const Branch* branch) {
  std::optional<Node> node = find_exact(graph, name);
  if (!node) {
    const std::vector<Node> nodes = find_by_prefix(graph, name, branch);
    if (nodes.empty()) refuse_unknown(graph, name, branch);
    if (nodes.size() > 1) refuse_ambiguous(graph, name, nodes);
    node = nodes.front();
  }
  if (branch != nullptr && !branch->contains(*node))
    throw TargetError(TargetProblem::not_member,
                      Error(Category::graph, fmt::format("revision \"{}\" is not on branch \"{}\"",
                                                         graph.revision(*node).id, branch->name))
                          .detail(fmt::format("It neither leads to \"{}\" nor comes from it.", graph.revision(branch->node).id))
                          .hint(fmt::format("Leave \"{}@\" out, or see \"cairn history\".", branch->name)));
  return *node;
}

namespace {

Branch require_branch(const RevisionGraph& graph, std::string_view name) {
  Node node = 0;
  try {
    node = require_node(graph, name);
  } catch (const TargetError& error) {
    if (error.problem() != TargetProblem::unknown) throw;
    throw TargetError(TargetProblem::unknown_branch,
                      Error(Category::graph, fmt::format("no branch \"{}\"", printable(name, 100)))
                          .detail("A label, an id or the beginning of one may stand before \"@\".")
                          .hint(error.hint()));
  }
  return Branch{.name = std::string(name), .node = node, .lineage = graph.lineage_of(node)};
}

}  // namespace

std::optional<Branch> find_branch(const RevisionGraph& graph, const Target& target) {
  if (!target.branch) return std::nullopt;
  return require_branch(graph, *target.branch);
}

std::vector<Node> only_on(const Branch* branch, std::vector<Node> nodes) {
  if (branch != nullptr) std::erase_if(nodes, [&](Node node) { return !branch->contains(node); });
  return nodes;
}

std::string describe(const RevisionGraph& graph, Node node) {
  const Revision& revision = graph.revision(node);
  std::string text = revision.id;
  if (!revision.labels.empty()) text += fmt::format(" ({})", join(revision.labels, ", "));
  if (!revision.message.empty()) text += fmt::format(" \"{}\"", printable(revision.message, 80));
  return text;
}

std::string describe(const RevisionGraph& graph, std::span<const Node> nodes) {
  std::string text;
  for (const Node node : nodes.first(std::min(nodes.size(), most_listed))) {
    if (!text.empty()) text += '\n';
    text += describe(graph, node);
  }
  if (nodes.size() > most_listed) text += fmt::format("\nand {} more", nodes.size() - most_listed);
  return text;
}

std::string spelling_of_head(const RevisionGraph& graph, Node head) {
  for (const std::string& label : graph.labels_of(head)) {
    const Branch branch = require_branch(graph, label);
    if (only_on(&branch, graph.heads()).size() == 1) return label + "@head";
  }
  return graph.revision(head).id;
}

}  // namespace cairn
