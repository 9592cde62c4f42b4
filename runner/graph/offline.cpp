#include "graph/offline.hpp"

#include "graph/resolve.hpp"
#include "graph/target_error.hpp"

#include <fmt/core.h>

namespace cairn {

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
  const Point start = resolve_point(Question{graph, {}, command}, parse_target(*range.from));
  return OfflineRange{start ? std::vector<std::string>{graph.revision(*start).id} : std::vector<std::string>{}, *range.to};
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
