#pragma once

#include "commands/collected.hpp"
#include "report/revision_report.hpp"
#include "state/state.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cairn {

/// An applied revision whose source means something else than the one that was applied.
struct EditedRevision {
  const Revision* revision = nullptr;   ///< owned by the graph
  AppliedSource applied;
  std::string digest;                   ///< of its source now
  std::string file;                     ///< of its source, as far as that is known; else its library
};

/// What the journal says of the revision that is applied, by which its source can be judged; nothing when Cairn did not
/// apply it, or when the journal was emptied or made by other rules.
const AppliedSource* find_applied_source(const State& state, const Revision& revision);

/// Nothing when the source means what the journal says, or when that cannot be told.
std::optional<EditedRevision> find_edit(const Collected& found, const AppliedSource& applied, const Revision& revision);

/// All of them, parents first. Only revisions that the version rows cover count; rows that no plugin defines cover none.
std::vector<EditedRevision> find_edited(const Collected& found, const State& state);

std::vector<std::string> ids_of(const std::vector<EditedRevision>& edited);

/// By "history.edited": throws one Error (category history) that carries all of them, or warns of each.
void judge_edited(const Invocation& invocation, const std::vector<EditedRevision>& edited);

void mark_edited(RevisionLine& line, const std::vector<std::string>& edited);

/// "applied 2025-11-30 10:00:00+00 by ann (ann@host:7)", or accepted.
std::string describe(const AppliedSource& applied);

}  // namespace cairn
