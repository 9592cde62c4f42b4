#pragma once

#include "commands/collected.hpp"
#include "commands/invocation.hpp"
#include "lint/finding.hpp"

#include <set>
#include <string>
#include <vector>

namespace cairn {

/// The revisions that a run is to look at.
struct Chosen {
  std::set<std::string, std::less<>> revisions;   ///< their ids
  std::vector<Finding> findings;                  ///< of revisions that had landed and were edited since: rule landed-edited
  std::vector<std::string> notes;                 ///< what a person should know about the choice
};

/// By --revisions A..B, both ends included, or one revision; by --changed-since REV, all but REV and what it rests on; by
/// --changed-since git:REF, those whose sources are otherwise than in the newest commit that REF and the work tree have in
/// common, committed or not. All of them when neither option is there.
/// Throws TargetError; Error (usage) for both options at once, "current", and what is no commit; Error (configuration) when
/// git cannot be asked.
Chosen choose_revisions(const Invocation& invocation, const Collected& collected);

}  // namespace cairn
