#pragma once

#include "base/error.hpp"

#include <utility>

namespace cairn {

/// Why a target could not be understood or reached. For tests and machine-readable output; what a caller
/// does about it is decided by the category alone.
enum class TargetProblem {
  malformed,           ///< not a target at all
  unknown,             ///< no id, label or beginning of one
  unknown_branch,      ///< what stands before '@' is unknown
  ambiguous,           ///< the beginning of several ids or labels
  not_member,          ///< not on the lineage of the branch
  multiple_heads,      ///< one head was asked for, and there are several
  relative_too_far,    ///< fewer revisions than asked for
  wrong_direction,     ///< +N where only -N can be meant, or the reverse
  relative_not_allowed,///< a relative form where only a fixed one makes sense
  ambiguous_walk,      ///< a walk came to a fork or a merge
  ambiguous_rows,      ///< relative to the current rows, and there are several
  not_applied,         ///< downgrade to something that is not applied, or not below what is
  bad_downgrade_branch,///< the branch does not tell which side of a fork is meant
  irreversible,        ///< a downgrade across a revision without one
  range,               ///< a range where none is allowed, none where one is needed, or one without an end
  reversed_range,      ///< its lower end is not below its upper one
  not_head,            ///< a new revision on top of something that is no head
  duplicate_head,      ///< the same parent twice
};

/// An Error with its problem. The problem does not survive a copy into Error, which is all other layers need.
class TargetError : public Error {
 public:
  TargetError(TargetProblem problem, Error error) : Error(std::move(error)), problem_(problem) {}
  TargetProblem problem() const { return problem_; }

 private:
  TargetProblem problem_;
};

}  // namespace cairn
