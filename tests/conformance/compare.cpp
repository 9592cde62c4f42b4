#include "conformance/compare.hpp"

#include "base/text.hpp"
#include "graph/consistency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace cairn::conformance {

namespace {

using nlohmann::json;
using Ids = std::vector<std::string>;

std::string show(const Ids& ids) { return "[" + join(ids, " ") + "]"; }

Ids united(Ids ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

Ids sorted(Ids ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::string compare_sets(std::string_view what, const Ids& expected, const Ids& found) {
  if (united(expected) == united(found)) return {};
  return fmt::format("{}: expected {}, found {}", what, show(united(expected)), show(united(found)));
}

namespace {

/// Each of these ids stands before all others of the list that rest on it.
std::string check_order(const RevisionGraph& graph, const Ids& ids) {
  std::set<Node> seen;
  std::set<Node> all;
  for (const std::string& id : ids) all.insert(graph.find(id).value());
  for (const std::string& id : ids) {
    const Node node = graph.find(id).value();
    for (const Node parent : graph.all_parents(node))
      if (all.contains(parent) && !seen.contains(parent)) return fmt::format("{} comes before its parent", id);
    seen.insert(node);
  }
  return {};
}

/// Oldest first in both lists.
std::string compare_order(const RevisionGraph& graph, const std::string& order, const Ids& expected, const Ids& found) {
  if (order == "total" && expected != found)
    return fmt::format("order: expected {}, found {}", show(expected), show(found));
  if (std::string fault = compare_sets("ids", expected, found); !fault.empty()) return fault;
  if (order == "partial" && expected.size() != found.size()) return "an id comes twice: " + show(found);
  return order == "set" ? std::string() : check_order(graph, found);
}

}  // namespace

Ids ids_in_order(const RevisionGraph& graph, const std::vector<Node>& nodes) {
  Ids ids;
  for (const Node node : nodes) ids.push_back(graph.revision(node).id);
  return ids;
}

std::string compare_ids(const RevisionGraph& graph, const json& expect, const std::vector<Node>& newest_first) {
  Ids expected = expect.at("ids").get<Ids>();
  Ids found = ids_in_order(graph, newest_first);
  std::reverse(expected.begin(), expected.end());
  std::reverse(found.begin(), found.end());
  return compare_order(graph, expect.value("order", "set"), expected, found);
}

std::string compare_rows(const json& expect, const Ids& found) {
  for (const char* key : {"heads_maximal", "heads_sound"})
    if (expect.contains(key) && sorted(expect.at(key).get<Ids>()) == sorted(found)) return {};
  if (expect.contains("heads_sound")) return compare_sets("rows", expect.at("heads_sound").get<Ids>(), found);
  return compare_sets("rows", expect.at("heads_after").get<Ids>(), found);
}

namespace {

std::string check_rows_of_steps(const RevisionGraph& graph, const Plan& plan) {
  Ids rows = plan.rows_before;
  std::set<Node> applied = graph.ancestors_of(require_rows(graph, rows));
  for (const Step& step : plan.steps) {
    if (step.rows_before != rows) return "rows before " + step.revision->id + " are not those after the last step";
    const Node node = graph.find(step.revision->id).value();
    plan.direction == Direction::up ? static_cast<void>(applied.insert(node)) : static_cast<void>(applied.erase(node));
    rows = ids_of(graph, graph.maximal(applied));
    if (step.rows_after != rows) return "rows after " + step.revision->id + " are not the maximal elements";
  }
  return rows == plan.rows_after ? std::string() : std::string("rows after the plan are not those of the last step");
}

}  // namespace

std::string compare_plan(const RevisionGraph& graph, const json& expect, const Plan& plan) {
  Ids expected, found;
  for (const json& step : expect.at("steps")) expected.push_back(step.at("id").get<std::string>());
  for (const Step& step : plan.steps) found.push_back(step.revision->id);
  if (plan.direction == Direction::down) {
    std::reverse(expected.begin(), expected.end());
    std::reverse(found.begin(), found.end());
  }
  std::string fault = compare_order(graph, expect.at("order").get<std::string>(), expected, found);
  if (fault.empty()) fault = compare_rows(expect, plan.rows_after);
  return fault.empty() ? check_rows_of_steps(graph, plan) : fault;
}

}  // namespace cairn::conformance
