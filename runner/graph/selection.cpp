#include "graph/selection.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "graph/lookup.hpp"
#include "graph/resolve.hpp"
#include "graph/target_error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

namespace cairn {

namespace {

/// "seeds/2864583ca021_seed_initial_data.so" -> "2864583ca021_seed_initial_data".
std::string_view file_name(const Revision& revision) {
  std::string_view name = revision.origin;
  if (const std::size_t slash = name.rfind('/'); slash != name.npos) name.remove_prefix(slash + 1);
  if (name.ends_with(".so")) name.remove_suffix(3);
  return name;
}

std::string_view without(std::string_view name, const std::string& prefix) {
  return name.starts_with(prefix) && name.size() > prefix.size() ? name.substr(prefix.size()) : name;
}

std::string_view short_name(const Revision& revision) { return without(without(file_name(revision), revision.id + "_"), "seed_"); }

bool is_called(const Revision& revision, std::string_view name) {
  const std::string_view file = file_name(revision);
  return !name.empty() && (name == file || name == without(file, revision.id + "_") || name == short_name(revision));
}

std::string seed_name(const Revision& revision) {
  if (!revision.labels.empty()) return revision.labels.front();
  return short_name(revision).empty() ? revision.id : std::string(short_name(revision));
}

std::vector<Node> seeds_of(const RevisionGraph& graph) {
  std::vector<Node> nodes;
  for (Node node = 0; node < graph.revisions().size(); ++node)
    if (graph.revision(node).seed) nodes.push_back(node);
  return nodes;
}

/// A label stands for its branch: the seed that has it and those that go on from it.
std::vector<Node> seeds_on_branch(const RevisionGraph& graph, Node from) {
  std::vector<Node> nodes;
  const std::set<Node> lineage = graph.lineage_of(from);
  for (const Node node : seeds_of(graph))
    if (node >= from && lineage.contains(node)) nodes.push_back(node);
  return nodes;
}

class Selector {
 public:
  Selector(const RevisionGraph& graph, const SelectionRequest& request) : graph_(graph), request_(request) {}

  std::vector<Node> run() {
    take_wanted();
    take_seeds();
    throw_all(std::move(problems_));
    for (const Node node : chosen_) require_needs(node);
    throw_all(std::move(problems_));
    return {chosen_.begin(), chosen_.end()};
  }

 private:
  void take_wanted() {
    std::vector<Node> tops = graph_.effective_heads();
    if (request_.target) tops = resolve_fixed({graph_, {}, "bundle"}, parse_target(*request_.target));
    chosen_ = graph_.ancestors_of(tops);
    if (request_.seeds) std::erase_if(chosen_, [&](Node node) { return graph_.revision(node).seed; });
  }

  void take_seeds() {
    if (!request_.seeds) return;
    for (const std::string& name : *request_.seeds) take_seed(name);
  }

  void take_seed(const std::string& name) try {
    const std::vector<Node> nodes = require_seeds(name);
    if (nodes.empty()) problems_.push_back(unknown_seed(name));
    chosen_.insert(nodes.begin(), nodes.end());
  } catch (const TargetError& error) {
    problems_.push_back(error.problem() == TargetProblem::unknown ? unknown_seed(name) : Error(error));
  }

  /// Nothing: the name is that of other revisions.
  std::vector<Node> require_seeds(const std::string& name) const {
    const std::vector<Node> called = seeds_called(name);
    if (called.size() > 1) throw ambiguous(name, called);
    if (!called.empty()) return called;
    if (const auto label = graph_.find_label(name)) return seeds_on_branch(graph_, *label);
    const Node node = require_node(graph_, name);
    return graph_.revision(node).seed ? std::vector{node} : std::vector<Node>();
  }

  std::vector<Node> seeds_called(const std::string& name) const {
    std::vector<Node> nodes = seeds_of(graph_);
    std::erase_if(nodes, [&](Node node) { return !is_called(graph_.revision(node), name); });
    return nodes;
  }

  TargetError ambiguous(const std::string& name, const std::vector<Node>& nodes) const {
    return {TargetProblem::ambiguous, Error(Category::graph, fmt::format("{} seeds are called \"{}\"", nodes.size(), printable(name, 100)))
                                          .detail(describe(graph_, nodes))
                                          .hint("Name the one you mean by its id.")};
  }

  Error unknown_seed(const std::string& name) const {
    const std::vector<std::string> known = seed_names(graph_);
    const auto near = nearest_word(name, known);
    return Error(Category::graph, fmt::format("there is no seed \"{}\"", printable(name, 100)))
        .detail(known.empty() ? "There are no seeds at all." : fmt::format("Seeds: {}.", join(known, ", ")))
        .hint(near ? fmt::format("Did you mean \"{}\"?", *near) : "Revisions of the schema are chosen with --target.");
  }

  void require_needs(Node node) {
    for (const Node needed : graph_.all_parents(node))
      if (!chosen_.contains(needed)) problems_.push_back(left_out(node, needed));
  }

  Error left_out(Node node, Node needed) const {
    const bool seed = graph_.revision(needed).seed;
    const std::string asked = request_.seeds ? join(*request_.seeds, ",") : "";
    return Error(Category::graph, fmt::format("revision {} needs {}, which is left out", describe(graph_, node), describe(graph_, needed)))
        .hint(seed ? fmt::format("Choose it too: --seeds {}{}{}.", asked, asked.empty() ? "" : ",", seed_name(graph_.revision(needed)))
                   : "Leave --target out or choose a later one, or choose fewer seeds.");
  }

  const RevisionGraph& graph_;
  const SelectionRequest& request_;
  std::set<Node> chosen_;
  std::vector<Error> problems_;
};

}  // namespace

std::vector<Node> select_revisions(const RevisionGraph& graph, const SelectionRequest& request) {
  return Selector(graph, request).run();
}

std::vector<std::string> seed_names(const RevisionGraph& graph) {
  std::vector<std::string> names;
  for (const Node node : seeds_of(graph)) names.push_back(seed_name(graph.revision(node)));
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace cairn
