#include "commands/known_rows.hpp"

#include "base/text.hpp"
#include "graph/consistency.hpp"
#include "state/applied_by.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

namespace cairn {

namespace {

/// A journal that is missing, or cannot be read, knows nothing: what is wrong with the rows is worth more than that.
std::vector<AppliedBy> ask_journal(OpenDatabase& opened, const Invocation& invocation, const std::vector<std::string>& rows) {
  const Reply reply = opened.connection->exchange(
      {.text = applied_by_sql(state_tables(invocation.settings), rows), .copies = {}, .parameters = std::nullopt});
  return reply.results.empty() ? std::vector<AppliedBy>() : parse_applied_by(reply.results.front());
}

/// Whoever has a bundle has never seen a plugin.
struct AheadWords {
  std::string_view of_what;
  std::string_view lacks;
  std::string_view use;
  std::string_view which;
  std::string_view with;
};

constexpr AheadWords plugin_words{"these plugins", "none of them defines", "plugins that contain", "newer ones, or ones", "those"};
constexpr AheadWords bundle_words{"this bundle", "it does not hold", "bundle that holds", "a newer one, or one", "that one"};

/// Where there is one row and one head, of the schema, what is missing nearly always rests on that head.
std::string way_back(const RevisionGraph& graph, std::size_t rows, const std::string& id, const AheadWords& words) {
  const std::vector<Node> heads = graph.effective_heads();
  const bool in_line = rows == 1 && heads.size() == 1 && !graph.revision(heads.front()).seed;
  return fmt::format("To {}, type \"cairn downgrade {}\" with {}.", in_line ? "go back to what is here" : "undo it",
                     in_line ? graph.revision(heads.front()).id : id + "@-1", words.with);
}

Error ahead(const RevisionGraph& graph, std::size_t rows, const AppliedBy& by, const AheadWords& words) {
  const std::string id = printable(by.revision, 64);
  return Error(Category::history, fmt::format("the database is ahead of {}: it is at revision \"{}\", which {}", words.of_what, id, words.lacks))
      .detail(fmt::format("{} by {} on {} with {}.", by.direction == "stamp" ? "Stamped" : "Applied", printable(by.client, 200),
                          printable(by.finished_at, 64), printable(by.runner, 64)))
      .database("unchanged")
      .hint(fmt::format("Use the {} \"{}\": {} with a seed that is missing here. {}", words.use, id, words.which, way_back(graph, rows, id, words)));
}

Error neither_known(const RevisionGraph& graph, const std::string& row) {
  return make_unknown_row_error(graph, row)
      .detail("The journal does not know it either: the database belongs to other plugins, or its rows were written by another program or "
              "by hand.")
      .database("unchanged");
}

}  // namespace

void require_known_rows(OpenDatabase& opened, const Invocation& invocation, const RevisionGraph& graph, const Reading& reading) {
  const std::vector<std::string> unknown = find_unknown_rows(graph, reading.state.rows);
  if (unknown.empty()) return;
  const std::vector<AppliedBy> told = ask_journal(opened, invocation, unknown);
  const AheadWords& words = invocation.settings.bundled ? bundle_words : plugin_words;
  std::vector<Error> problems;
  for (const std::string& row : unknown) {
    const auto by = std::find_if(told.begin(), told.end(), [&](const AppliedBy& one) { return one.revision == row; });
    problems.push_back(by == told.end() ? neither_known(graph, row) : ahead(graph, reading.state.rows.size(), *by, words));
  }
  throw_all(std::move(problems));
}

std::vector<std::string> read_known_rows(OpenDatabase& opened, const Invocation& invocation, const RevisionGraph& graph) {
  Reading reading = read_database(opened, invocation);
  require_known_rows(opened, invocation, graph, reading);
  return std::move(reading.state.rows);
}

}  // namespace cairn
