#pragma once

#include "graph/revision_graph.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

/// Where a script for --sql begins and what it leads to, to be handed to plan_upgrade and its like.
struct OfflineRange {
  std::vector<std::string> rows;   ///< the rows the script expects, sorted
  std::string target;
};

/// "start:end", or "end" alone, which starts at the base; a downgrade needs its start. A database that stands at several
/// revisions is said by all of them: "a,b:end". Throws TargetError.
OfflineRange resolve_offline(const RevisionGraph& graph, std::string_view text, std::string_view command);

/// The same for the targets of a stamp: only one of them need say where it begins, and none may say otherwise.
struct OfflineStamp {
  std::vector<std::string> rows;
  std::vector<std::string> targets;
};

OfflineStamp resolve_offline_stamp(const RevisionGraph& graph, std::span<const std::string> texts);

}  // namespace cairn
