#include "lint/policies.hpp"

#include "base/text.hpp"
#include "graph/lookup.hpp"
#include "graph/schema_heads.hpp"
#include "lint/policy_finding.hpp"
#include "lint/policy_release.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace cairn {

namespace {

std::vector<Node> with_phase(const RevisionGraph& graph, const std::set<Node>& nodes, std::string_view phase) {
  std::vector<Node> found;
  std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(found), [&](Node node) { return graph.revision(node).phase == phase; });
  return found;
}

std::set<Node> strict_ancestors(const RevisionGraph& graph, Node node) {
  std::set<Node> nodes = graph.ancestors_of(std::array{node});
  nodes.erase(node);
  return nodes;
}

/// True when both state a release and the first one's is not the earlier one.
bool is_not_earlier(const Revision& one, const Revision& other) {
  const auto release = parse_release(one.release);
  const auto later = parse_release(other.release);
  return release && later && *release >= *later;
}

/// Holds a contract against the phases before it. Nothing says which of them it ends, so those count that no contract
/// before it can have ended.
class ContractCheck {
 public:
  ContractCheck(const RevisionGraph& graph, Node contract) : graph_(graph), contract_(contract), before_(strict_ancestors(graph, contract)) {}

  std::optional<Finding> run() const {
    if (with_phase(graph_, before_, "expand").empty())
      return make_breach("contract-without-expand", revision(), "it contracts, and no revision before it expands");
    for (const std::string_view phase : {"expand", "switch"})
      if (const auto last = find_too_late(with_phase(graph_, open(), phase)))
        return make_breach("contract-too-early", revision(),
                           fmt::format("it contracts in {}, and {} of {} is not of an earlier release", revision().release,
                                       describe(graph_, *last), phase_of(*last)));
    return std::nullopt;
  }

 private:
  const Revision& revision() const { return graph_.revision(contract_); }

  std::string phase_of(Node node) const { return fmt::format("{} ({})", graph_.revision(node).release, graph_.revision(node).phase); }

  std::set<Node> open() const {
    std::set<Node> nodes = before_;
    for (const Node contract : with_phase(graph_, before_, "contract"))
      for (const Node ended : strict_ancestors(graph_, contract))
        if (!is_not_earlier(graph_.revision(ended), graph_.revision(contract))) nodes.erase(ended);
    return nodes;
  }

  /// The first of them, when none is of an earlier release.
  std::optional<Node> find_too_late(const std::vector<Node>& nodes) const {
    const bool all = std::all_of(nodes.begin(), nodes.end(), [&](Node node) { return is_not_earlier(graph_.revision(node), revision()); });
    return all && !nodes.empty() ? std::optional(nodes.front()) : std::nullopt;
  }

  const RevisionGraph& graph_;
  Node contract_;
  std::set<Node> before_;
};

Finding several_heads(const RevisionGraph& graph, const std::vector<Node>& heads) {
  std::vector<std::string> names;
  for (const Node head : heads) names.push_back(describe(graph, head));
  return make_breach("several-heads", fmt::format("the schema has {} heads: {}", heads.size(), join(names, ", ")));
}

std::vector<Finding> breaches_of(const RevisionGraph& graph, Node node) {
  const Revision& revision = graph.revision(node);
  std::vector<Finding> breaches;
  if (!revision.reversible) breaches.push_back(make_breach("irreversible", revision, "it has no downgrade"));
  if (revision.phase == "contract")
    if (auto breach = ContractCheck(graph, node).run()) breaches.push_back(std::move(*breach));
  return breaches;
}

}  // namespace

std::vector<Finding> find_history_breaches(const RevisionGraph& graph, const PolicySettings& settings) {
  std::vector<Finding> breaches;
  if (const std::vector<Node> heads = schema_heads(graph); heads.size() > 1)
    breaches.push_back(several_heads(graph, heads));
  if (!settings.baseline.empty() && !graph.find(settings.baseline))
    breaches.push_back(make_breach("unknown-baseline", fmt::format("there is no revision \"{}\"", settings.baseline)));
  for (Node node = 0; node < graph.revisions().size(); ++node)
    for (Finding& breach : breaches_of(graph, node)) breaches.push_back(std::move(breach));
  return breaches;
}

}  // namespace cairn
