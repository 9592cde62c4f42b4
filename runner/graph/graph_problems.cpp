#include "graph/graph_problems.hpp"

#include "base/text.hpp"
#include "graph/cycles.hpp"
#include "graph/name_fault.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace cairn {

namespace {

constexpr std::size_t most_guesses = 50;
constexpr std::size_t most_shown_of_cycle = 20;

std::string place_of(const Revision& revision) { return revision.origin.empty() ? "unknown file" : revision.origin; }

class ProblemSearch {
 public:
  explicit ProblemSearch(std::span<const Revision> revisions) : revisions_(revisions) {
    order_.resize(revisions.size());
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = i;
    // Reports must not depend on the order in which files were found.
    std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return std::tie(revisions[a].id, revisions[a].origin) < std::tie(revisions[b].id, revisions[b].origin);
    });
  }

  std::vector<GraphProblem> run() {
    for (const std::size_t i : order_) check_id(i);
    for (const std::size_t i : order_) check_labels(i);
    down_links_.resize(revisions_.size());
    all_links_.resize(revisions_.size());
    for (const std::size_t i : order_) check_links(i);
    check_cycles();
    return std::move(problems_);
  }

 private:
  void add(GraphProblemKind kind, Error error) { problems_.push_back(GraphProblem{kind, std::move(error)}); }

  void check_id(std::size_t i) {
    const Revision& revision = revisions_[i];
    check_id_text(revision);
    const auto [found, fresh] = by_id_.emplace(revision.id, i);
    if (!fresh)
      add(GraphProblemKind::duplicate_id,
          Error(Category::graph, fmt::format("revision \"{}\" is defined twice", printable(revision.id, 64)))
              .detail(fmt::format("In {} and in {}.", place_of(revisions_[found->second]), place_of(revision)))
              .hint("Remove one of the two files, or give one of them an id of its own."));
  }

  void check_id_text(const Revision& revision) {
    std::string fault = fault_in_name(revision.id);
    if (fault.empty() && length_in_characters(revision.id) > longest_id)
      fault = fmt::format("has {} characters; the version table holds {}", length_in_characters(revision.id), longest_id);
    if (fault.empty()) return;
    add(GraphProblemKind::bad_id,
        Error(Category::graph, fmt::format("revision id \"{}\" {}", printable(revision.id, 64), fault))
            .detail(fmt::format("Declared in {}.", place_of(revision)))
            .hint("Use at most 32 characters, none of them \"@\", \"-\", \"+\" or \":\"."));
  }

  void check_labels(std::size_t i) {
    const Revision& revision = revisions_[i];
    for (const std::string& label : revision.labels) {
      if (const std::string fault = fault_in_name(label); !fault.empty())
        add(GraphProblemKind::bad_label,
            Error(Category::graph,
                  fmt::format("label \"{}\" of revision \"{}\" {}", printable(label, 64), revision.id, fault))
                .detail(fmt::format("Declared in {}.", place_of(revision)))
                .hint("Rename the label."));
      if (by_id_.contains(label)) add_taken_label(revision, label, by_id_.find(label)->second, "the id of");
      else if (const auto [found, fresh] = by_label_.emplace(label, i); !fresh)
        add_taken_label(revision, label, found->second, "a label of");
    }
  }

  void add_taken_label(const Revision& revision, const std::string& label, std::size_t other, std::string_view as) {
    add(GraphProblemKind::duplicate_label,
        Error(Category::graph, fmt::format("label \"{}\" of revision \"{}\" is already {} revision \"{}\"",
                                           printable(label, 64), revision.id, as, revisions_[other].id))
            .detail(fmt::format("In {} and in {}.", place_of(revisions_[other]), place_of(revision)))
            .hint("Rename one of the two: a label names one revision."));
  }

  void check_links(std::size_t i) {
    for (const std::string& parent : revisions_[i].down_revisions) check_parent(i, parent);
    for (const std::string& needed : revisions_[i].depends_on) check_dependency(i, needed);
  }

  void check_parent(std::size_t i, const std::string& parent) {
    const auto found = by_id_.find(parent);
    if (found == by_id_.end()) return add_missing(i, parent, "down_revision");
    if (revisions_[found->second].id == revisions_[i].id)
      return add_self_loop(i, GraphProblemKind::self_loop, "down_revision");
    down_links_[found->second].push_back(i);
    all_links_[found->second].push_back(i);
  }

  void check_dependency(std::size_t i, const std::string& needed) {
    auto found = by_id_.find(needed);
    if (found == by_id_.end()) {
      found = by_label_.find(needed);
      if (found == by_label_.end()) return add_missing(i, needed, "depends_on");
    }
    if (revisions_[found->second].id == revisions_[i].id)
      return add_self_loop(i, GraphProblemKind::dependency_self_loop, "depends_on");
    all_links_[found->second].push_back(i);
  }

  void add_self_loop(std::size_t i, GraphProblemKind kind, std::string_view field) {
    add(kind, Error(Category::graph, fmt::format("revision \"{}\" names itself in {}", revisions_[i].id, field))
                  .detail(fmt::format("Declared in {}.", place_of(revisions_[i])))
                  .hint(fmt::format("Correct {}.", field)));
  }

  void add_missing(std::size_t i, const std::string& name, std::string_view field) {
    const std::string shown = printable(name, 64);
    std::string hint = fmt::format("Add the revision \"{}\", or correct {}.", shown, field);
    const bool worth_a_guess = problems_.size() < most_guesses;   // each looks at every name
    if (const auto near = worth_a_guess ? nearest_word(name, known_names(field == "depends_on")) : std::nullopt)
      hint = fmt::format("Did you mean \"{}\"? Otherwise add the revision \"{}\".", *near, shown);
    add(GraphProblemKind::missing_revision,
        Error(Category::graph, fmt::format("revision \"{}\" names \"{}\" in {}, and there is no such revision",
                                           revisions_[i].id, shown, field))
            .detail(fmt::format("Declared in {}.", place_of(revisions_[i])))
            .hint(std::move(hint)));
  }

  std::vector<std::string> known_names(bool with_labels) const {
    std::vector<std::string> names;
    for (const auto& [id, index] : by_id_) names.emplace_back(id);
    if (with_labels)
      for (const auto& [label, index] : by_label_) names.emplace_back(label);
    std::sort(names.begin(), names.end());   // the first of equally near names is suggested
    return names;
  }

  void check_cycles() {
    for (const auto& cycle : sorted_cycles(down_links_)) add_cycle(cycle, GraphProblemKind::cycle);
    for (const auto& cycle : sorted_cycles(all_links_))
      if (!seen_in_cycle(cycle)) add_cycle(cycle, GraphProblemKind::dependency_cycle);
  }

  /// The search runs on positions in order of ids, so that its answer is stable too.
  std::vector<std::vector<std::size_t>> sorted_cycles(const Links& links) const {
    std::vector<std::size_t> position(order_.size());
    for (std::size_t p = 0; p < order_.size(); ++p) position[order_[p]] = p;
    Links by_position(links.size());
    for (std::size_t i = 0; i < links.size(); ++i)
      for (const std::size_t to : links[i]) by_position[position[i]].push_back(position[to]);
    for (auto& targets : by_position) std::sort(targets.begin(), targets.end());
    auto cycles = find_cycles(by_position);
    for (auto& cycle : cycles)
      for (std::size_t& index : cycle) index = order_[index];
    return cycles;
  }

  bool seen_in_cycle(const std::vector<std::size_t>& cycle) const {
    return std::any_of(cycle.begin(), cycle.end(), [&](std::size_t i) { return in_cycle_.contains(i); });
  }

  void add_cycle(const std::vector<std::size_t>& cycle, GraphProblemKind kind) {
    in_cycle_.insert(cycle.begin(), cycle.end());
    std::string path, files;
    for (const std::size_t i : std::span(cycle).first(std::min(cycle.size(), most_shown_of_cycle))) {
      path += revisions_[i].id + " -> ";
      files += fmt::format("{}{} in {}", files.empty() ? "" : ", ", revisions_[i].id, place_of(revisions_[i]));
    }
    if (cycle.size() > most_shown_of_cycle) path += fmt::format("({} more) -> ", cycle.size() - most_shown_of_cycle);
    path += revisions_[cycle.front()].id;
    const bool by_dependency = kind == GraphProblemKind::dependency_cycle;
    add(kind, Error(Category::graph, fmt::format("revisions rest on each other in a loop: {}", path))
                  .detail(files)
                  .hint(by_dependency ? "Correct the depends_on or down_revision of one of them."
                                      : "Correct the down_revision of one of them."));
  }

  std::span<const Revision> revisions_;
  std::vector<std::size_t> order_;
  std::unordered_map<std::string_view, std::size_t> by_id_;
  std::unordered_map<std::string_view, std::size_t> by_label_;
  Links down_links_, all_links_;   ///< from a parent to its children
  std::set<std::size_t> in_cycle_;
  std::vector<GraphProblem> problems_;
};

}  // namespace

std::vector<GraphProblem> find_graph_problems(std::span<const Revision> revisions) {
  return ProblemSearch(revisions).run();
}

}  // namespace cairn
