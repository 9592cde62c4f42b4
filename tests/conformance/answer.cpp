#include "conformance/answer.hpp"

#include "conformance/compare.hpp"
#include "graph/consistency.hpp"
#include "graph/graph_problems.hpp"
#include "graph/history.hpp"
#include "graph/new_revision.hpp"
#include "graph/offline.hpp"
#include "graph/plan.hpp"
#include "graph/stamp.hpp"
#include "graph/target_error.hpp"

#include <fmt/format.h>

#include <functional>
#include <map>
#include <set>

namespace cairn::conformance {

namespace {

using nlohmann::json;
using Ids = std::vector<std::string>;

std::string ask_upgrade(const RevisionGraph& graph, const Case& one) {
  return compare_plan(graph, one.expect, plan_upgrade(graph, one.rows, one.target()));
}

std::string ask_downgrade(const RevisionGraph& graph, const Case& one) {
  return compare_plan(graph, one.expect, plan_downgrade(graph, one.rows, one.target()));
}

std::string ask_offline(const RevisionGraph& graph, const Case& one, std::string_view command) {
  const OfflineRange range = resolve_offline(graph, one.target(), command);
  if (one.expect.contains("start"))
    if (std::string fault = compare_sets("start", one.expect.at("start").get<Ids>(), range.rows); !fault.empty()) return fault;
  if (command == "stamp")
    return compare_rows(one.expect, plan_stamp(graph, range.rows, Ids{range.target}).rows_after);
  return compare_plan(graph, one.expect, command == "upgrade" ? plan_upgrade(graph, range.rows, range.target)
                                                              : plan_downgrade(graph, range.rows, range.target));
}

std::string ask_stamp(const RevisionGraph& graph, const Case& one, StampMode mode) {
  return compare_rows(one.expect, plan_stamp(graph, one.rows, one.targets, mode).rows_after);
}

std::string ask_heads(const RevisionGraph& graph, const Case& one) {
  const bool effective = one.options.value("resolve_dependencies", false);
  return compare_ids(graph, one.expect, effective ? graph.effective_heads() : graph.heads());
}

std::string ask_branches(const RevisionGraph& graph, const Case& one) {
  json found = json::object();
  for (const BranchPoint& branch : branches_of(graph))
    found[graph.revision(branch.node).id] = ids_of(graph, branch.children);
  json expected = one.expect.at("branches");
  for (json& children : expected) children = sorted(children.get<Ids>());
  return found == expected ? std::string() : fmt::format("expected {}, found {}", expected.dump(), found.dump());
}

std::string ask_labels(const RevisionGraph& graph, const Case& one) {
  json found = json::object();
  for (Node node = 0; node < graph.revisions().size(); ++node)
    if (const Ids labels = graph.labels_of(node); !labels.empty()) found[graph.revision(node).id] = labels;
  json expected = one.expect.at("labels");
  for (json& labels : expected) labels = sorted(labels.get<Ids>());
  return found == expected ? std::string() : fmt::format("expected {}, found {}", expected.dump(), found.dump());
}

std::string ask_new_revision(const RevisionGraph& graph, const Case& one) {
  const Splice splice = one.options.value("splice", false) ? Splice::allow : Splice::refuse;
  const NewLinks links = resolve_new_links(graph, one.targets, one.options.value("depends_on", Ids{}), splice);
  std::string fault = compare_sets("down", one.expect.at("down").get<Ids>(), links.down_revisions);
  return fault.empty() ? compare_sets("depends_on", one.expect.value("depends_on", Ids{}), links.depends_on) : fault;
}

std::string ask_load(const RevisionGraph& graph, const Case& one) {
  std::string fault = compare_sets("heads", one.expect.at("heads").get<Ids>(), ids_in_order(graph, graph.heads()));
  return fault.empty() ? compare_sets("bases", one.expect.at("bases").get<Ids>(), ids_in_order(graph, graph.bases())) : fault;
}

using Question = std::function<std::string(const RevisionGraph&, const Case&)>;

const std::map<std::string, Question>& questions() {
  static const std::map<std::string, Question> all{
      {"upgrade", ask_upgrade},
      {"downgrade", ask_downgrade},
      {"upgrade_sql", [](const auto& graph, const auto& one) { return ask_offline(graph, one, "upgrade"); }},
      {"downgrade_sql", [](const auto& graph, const auto& one) { return ask_offline(graph, one, "downgrade"); }},
      {"stamp_sql", [](const auto& graph, const auto& one) { return ask_offline(graph, one, "stamp"); }},
      {"stamp", [](const auto& graph, const auto& one) { return ask_stamp(graph, one, StampMode::keep_others); }},
      {"stamp_purge", [](const auto& graph, const auto& one) { return ask_stamp(graph, one, StampMode::purge); }},
      {"history", [](const auto& graph, const auto& one) {
         return compare_ids(graph, one.expect, resolve_history(graph, one.rows, one.target())); }},
      {"resolve", [](const auto& graph, const auto& one) {
         return compare_ids(graph, one.expect, resolve_shown(graph, one.rows, one.target())); }},
      {"current", [](const auto& graph, const auto& one) {
         return compare_ids(graph, one.expect, current_nodes(graph, one.rows)); }},
      {"heads", ask_heads},
      {"bases", [](const auto& graph, const auto& one) { return compare_ids(graph, one.expect, graph.bases()); }},
      {"branches", ask_branches},
      {"labels", ask_labels},
      {"revision", ask_new_revision},
      {"load", ask_load},
  };
  return all;
}

std::string_view name_of(TargetProblem problem) {
  switch (problem) {
    case TargetProblem::malformed: return "malformed";
    case TargetProblem::unknown: return "unknown";
    case TargetProblem::unknown_branch: return "unknown_branch";
    case TargetProblem::ambiguous: return "ambiguous";
    case TargetProblem::not_member: return "not_member";
    case TargetProblem::multiple_heads: return "multiple_heads";
    case TargetProblem::relative_too_far: return "relative_too_far";
    case TargetProblem::wrong_direction: return "wrong_direction";
    case TargetProblem::relative_not_allowed: return "relative_not_allowed";
    case TargetProblem::ambiguous_walk: return "ambiguous_walk";
    case TargetProblem::ambiguous_rows: return "ambiguous_current";
    case TargetProblem::not_applied: return "not_ancestor";
    case TargetProblem::bad_downgrade_branch: return "bad_downgrade_branch";
    case TargetProblem::irreversible: return "irreversible";
    case TargetProblem::range: return "range";
    case TargetProblem::reversed_range: return "not_ancestor";
    case TargetProblem::not_head: return "not_head";
    case TargetProblem::duplicate_head: return "duplicate_head";
  }
  return "?";
}

/// Alembic has one message for all of these, so the record cannot always tell them apart.
bool means_not_located(std::string_view kind) {
  const std::set<std::string_view> kinds{"unknown", "too_short", "unknown_branch", "ambiguous", "not_member"};
  return kinds.contains(kind);
}

/// Refusals that Alembic words otherwise: "downgrade +1" is a walk that yields nothing there, a relative form where
/// none is taken an unknown revision, and so is a range.
bool is_same_refusal(const std::string& expected, std::string_view found) {
  if (expected == "any" || expected == found) return true;
  if (found == "wrong_direction") return expected == "relative_too_far";
  if (found == "relative_not_allowed") return means_not_located(expected);
  if (found == "range" && means_not_located(expected)) return true;
  return means_not_located(expected) && means_not_located(found);
}

std::string compare_refusal(const Case& one, std::string_view found, const Error& error) {
  if (one.expect_error.empty()) return fmt::format("refused: {}: {}", found, error.message());
  if (error.hint().empty()) return "the refusal has no hint";
  if (is_same_refusal(one.expect_error, found)) return {};
  return fmt::format("expected {}, found {}: {}", one.expect_error, found, error.message());
}

std::string_view name_of(GraphProblemKind kind) {
  switch (kind) {
    case GraphProblemKind::bad_id: return "bad_id";
    case GraphProblemKind::duplicate_id: return "duplicate_id";
    case GraphProblemKind::bad_label: return "bad_label";
    case GraphProblemKind::duplicate_label: return "duplicate_label";
    case GraphProblemKind::missing_revision: return "missing_revision";
    case GraphProblemKind::self_loop: return "self_loop";
    case GraphProblemKind::dependency_self_loop: return "dependency_self_loop";
    case GraphProblemKind::cycle: return "cycle";
    case GraphProblemKind::dependency_cycle: return "dependency_cycle";
  }
  return "?";
}

/// Alembic stops at the first problem; Cairn reports all, so the expected one must be among them.
std::string compare_problems(const Case& one, const std::vector<GraphProblem>& problems) {
  std::string found;
  for (const GraphProblem& problem : problems) {
    if (one.command == "load" && name_of(problem.kind) == one.expect_error) return {};
    found += fmt::format(" {}: {};", name_of(problem.kind), problem.error.message());
  }
  return fmt::format("expected {}, found{}", one.expect_error.empty() ? "a graph" : one.expect_error, found);
}

/// Where a refusal is on record there is nothing to compare an answer with: being given one is the difference.
json empty_record() {
  return json{{"ids", json::array()}, {"steps", json::array()}, {"order", "set"}, {"heads_after", json::array()},
              {"down", json::array()}, {"heads", json::array()}, {"bases", json::array()},
              {"branches", json::object()}, {"labels", json::object()}};
}

Answer answer_of(const RevisionGraph& graph, const Question& question, Case one) {
  const bool refusal_recorded = !one.expect_error.empty();
  if (refusal_recorded) one.expect = empty_record();
  const std::string fault = question(graph, one);
  if (!refusal_recorded) return {{}, fault};
  return {{}, fmt::format("expected {}, found an answer ({})", one.expect_error, fault.empty() ? "nothing" : fault)};
}

}  // namespace

Answer ask(const Case& one) {
  const auto question = questions().find(one.command);
  if (question == questions().end()) return {{}, "no such command: " + one.command};
  if (const auto problems = find_graph_problems(one.revisions); !problems.empty())
    return {std::string(name_of(problems.front().kind)), compare_problems(one, problems)};
  try {
    return answer_of(RevisionGraph(one.revisions), question->second, one);
  } catch (const TargetError& error) {
    return {std::string(name_of(error.problem())), compare_refusal(one, name_of(error.problem()), error)};
  } catch (const Error& error) {
    const std::string kind = error.category() == Category::history ? "unknown" : "another error";
    return {kind, compare_refusal(one, kind, error)};
  }
}

}  // namespace cairn::conformance
