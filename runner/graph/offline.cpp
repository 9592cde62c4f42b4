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

}  // namespace cairn
