#include "graph/consistency.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

namespace cairn {

namespace {

std::set<Node> known_nodes(const RevisionGraph& graph, std::span<const std::string> rows) {
  std::set<Node> nodes;
  for (const std::string& row : rows)
    if (const auto node = graph.find(row)) nodes.insert(*node);
  return nodes;
}

}  // namespace

Error make_unknown_row_error(const RevisionGraph& graph, const std::string& row) {
  const std::vector<Node> heads = graph.effective_heads();
  const std::string shown = printable(row, 64);
  const std::string example = heads.size() == 1 ? graph.revision(heads.front()).id : "REVISION";
  return Error(Category::history, fmt::format("the database is at revision \"{}\", which no plugin here defines", shown))
      .detail("The database may be ahead of these plugins, or belong to other ones.")
      .hint(fmt::format("Use the plugins that contain \"{}\". If its effects are not in the database, and what is there "
                        "is known, replace the version rows with \"cairn stamp --purge {}\".", shown, example));
}

std::vector<std::string> find_unknown_rows(const RevisionGraph& graph, std::span<const std::string> rows) {
  std::vector<std::string> unknown(rows.begin(), rows.end());
  std::erase_if(unknown, [&](const std::string& row) { return graph.find(row).has_value(); });
  std::sort(unknown.begin(), unknown.end());
  return unknown;
}

void require_known_rows(const RevisionGraph& graph, std::span<const std::string> rows) {
  std::vector<Error> problems;
  for (const std::string& row : find_unknown_rows(graph, rows)) problems.push_back(make_unknown_row_error(graph, row));
  throw_all(std::move(problems));
}

std::vector<Node> require_rows(const RevisionGraph& graph, std::span<const std::string> rows) {
  require_known_rows(graph, rows);
  return graph.maximal(known_nodes(graph, rows));
}

std::vector<std::string> find_redundant_rows(const RevisionGraph& graph, std::span<const std::string> rows) {
  const std::set<Node> nodes = known_nodes(graph, rows);
  const std::vector<Node> tops = graph.maximal(nodes);
  std::vector<Node> redundant;
  std::set_difference(nodes.begin(), nodes.end(), tops.begin(), tops.end(), std::back_inserter(redundant));
  return ids_of(graph, redundant);
}

std::vector<std::string> ids_of(const RevisionGraph& graph, std::span<const Node> nodes) {
  std::vector<std::string> ids;
  for (const Node node : nodes) ids.push_back(graph.revision(node).id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace cairn
