#pragma once

#include "graph/lookup.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace cairn {

/// What a target is resolved against. The command is named in hints, so that they can be typed.
struct Question {
  const RevisionGraph& graph;
  std::span<const Node> rows;      ///< the version rows, maximal and sorted
  std::string_view command;
};

/// What `show`, `stamp` and range ends mean by a target: nothing (the base), one or several revisions. Of the
/// relative forms only "-N" and "LABEL@-N" mean something here: N below each head. Throws TargetError.
std::vector<Node> resolve_fixed(const Question& question, const Target& target);

/// The same for a target that must name at most one revision.
Point resolve_point(const Question& question, const Target& target);

/// What `upgrade` means by a target: everything these need is to be applied. Throws TargetError.
std::vector<Node> resolve_upgrade(const Question& question, const Target& target);

/// For a count from the current rows: "+N" is a way up and "-N" a way down, from 1. Throws TargetError wrong_direction,
/// and what an unknown branch throws.
void require_direction(const Question& question, const Target& target, Direction direction);

/// How a walk that is too long ends.
enum class Overwalk { refuse, clamp };

/// "+N" and "LABEL@+N" counted from given rows; without a row, from the base.
Point resolve_above(const Question& question, const Target& target, Overwalk overwalk);

/// "id+N", "head-N", "base+N", "LABEL@id-N": counted from the atom.
Point resolve_beside(const Question& question, const Target& target, Overwalk overwalk);

/// What `downgrade` means by a target: undo what rests on the point; at a fork, only the side of the branch.
struct DowngradeTarget {
  Point point;
  std::optional<Node> branch;
};

DowngradeTarget resolve_downgrade(const Question& question, const Target& target);

}  // namespace cairn
