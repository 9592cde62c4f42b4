#include "graph/offline.hpp"

#include "graph/resolve.hpp"
#include "graph/target_error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace cairn {

namespace {

/// "a" or "a,b": the rows of a database that stands at one revision or at several.
std::vector<std::string> resolve_rows(const RevisionGraph& graph, std::string_view text, std::string_view command) {
  std::set<std::string> rows;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const Point row = resolve_point(Question{graph, {}, command}, parse_target(text.substr(begin, end - begin)));
    if (row) rows.insert(graph.revision(*row).id);
    begin = end + 1;
  }
  return {rows.begin(), rows.end()};
}

}  // namespace

OfflineRange resolve_offline(const RevisionGraph& graph, std::string_view text, std::string_view command) {
  if (text.find(':') == text.npos) {
    if (command != "downgrade") return OfflineRange{{}, std::string(text)};
    throw TargetError(TargetProblem::range,
                      Error(Category::graph, fmt::format("\"{}\" does not say where the downgrade begins", text))
                          .hint(fmt::format("Without a database it must be said: \"cairn downgrade --sql FROM:{}\".", text)));
  }
  const TargetRange range = parse_target_range(text);
  if (!range.from || !range.to)
    throw TargetError(TargetProblem::range,
                      Error(Category::graph, fmt::format("the range \"{}\" lacks an end", text))
                          .hint(fmt::format("Write \"cairn {} --sql FROM:TO\".", command)));
  return OfflineRange{resolve_rows(graph, *range.from, command), *range.to};
}

OfflineStamp resolve_offline_stamp(const RevisionGraph& graph, std::span<const std::string> texts) {
  OfflineStamp stamp;
  bool begun = false;
  for (const std::string& text : texts) {
    OfflineRange range = resolve_offline(graph, text, "stamp");
    stamp.targets.push_back(std::move(range.target));
    if (text.find(':') == text.npos) continue;
    if (begun && range.rows != stamp.rows)
      throw TargetError(TargetProblem::range,
                        Error(Category::graph, fmt::format("\"{}\" begins elsewhere than the targets before it", text))
                            .hint("A script begins at one revision: write FROM: before one target only, or the same before all."));
    begun = true;
    stamp.rows = std::move(range.rows);
  }
  return stamp;
}

}  // namespace cairn
